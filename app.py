"""The server: `streamlit run app.py`.

The frame that every page stands in is a script of its own, lib/frame.py. Were it this file, Streamlit
would take the folder pages/ beside it for its own and, until a visitor has opened `/`, run a page
without its frame.
"""

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import App

from lib import readiness, server, together
from lib.access import gate, headers, roles, startup

app = App(
    "lib/frame.py",
    routes=[
        Route("/healthz", server.health),
        Route("/page.js", server.page_script),
        Route("/session.js", server.session_script),
        Route("/print.css", server.print_style),
        Route("/access.css", server.access_style),
        Route("/slides", gate.for_role(roles.FUNCTIONS["slides"], server.slides)),
    ],
    middleware=[
        Middleware(headers.Headers),
        Middleware(gate.Gate),
        Middleware(server.KoreanPage),
        Middleware(together.Together),
    ],
    lifespan=readiness.lifespan,
    on_script_error=server.script_error,
)
startup.check()
