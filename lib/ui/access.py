"""Who is looking, what they may do, and the way out."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import menu
from lib.access import audit, entrance, identity, network, provider, roles, sign_ins, startup

ONLY = "파일 올리기와 표 붙여넣기는 {role} 권한이 있는 사람만 쓸 수 있습니다."


_person: ContextVar[identity.Person | None] = ContextVar("person", default=None)


def person() -> identity.Person:
    """Whoever looks at this run."""
    return _person.get() or enter()


def enter() -> identity.Person:
    """Find out who looks at this run, once at its beginning. Where their sign-in is over, says so and stops the run."""
    _person.set(None)
    found = _entered()
    _person.set(found)
    return found


def _entered() -> identity.Person:
    if startup.mode() is network.Mode.ALONE:
        return identity.ALONE
    if startup.mode() is network.Mode.TRUSTED:
        return identity.of_network()
    claims = st.user.to_dict()
    signed_in = claims.get("is_logged_in") and sign_ins.lasts(identity.sign_in(claims))
    found = identity.person(claims, provider.secret()) if signed_in else None
    if found is None:
        st.title("로그인이 끝났습니다", anchor=False)
        st.link_button("다시 로그인", f"{startup.base()}/sign-in")
        st.stop()
    return found


def pages() -> list[menu.Entry]:
    """The pages that this person may open, in menu order."""
    held = person().roles
    return [entry for entry in menu.PAGES if roles.opens(held, entry.path)]


def may(function: roles.Function) -> bool:
    """Whether this person may use a function."""
    return roles.may(person().roles, function)


def account() -> None:
    """The person's name and roles, and the button that ends the sign-in; or that nobody is asked."""
    someone = person()
    if startup.mode() is network.Mode.TRUSTED:
        st.caption(":material/lan: 로그인 없이 신뢰하는 통신망에 열려 있습니다.")
    if someone.sign_in:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{someone.name} · {roles.titles(someone.roles)}", width="stretch")
            if st.button("로그아웃", key="sign_out", icon=":material/logout:", type="tertiary"):
                entrance.leave(someone.sign_in, someone.account)
                st.logout()
                st.stop()


def file_box(
    label: str,
    types: Sequence[str],
    megabytes: int,
    key: str,
    function: roles.Function = "upload",
    on_change: Callable[[], Any] | None = None,
    help: str | None = None,
) -> UploadedFile | None:
    """A box for one file, for those who may hand one in; each file is noted in the audit log, by name and size.

    All others read who may. The gate takes no file of theirs either (lib/access/gate.py).
    """
    if not may(function):
        st.caption(ONLY.format(role=roles.TITLES[roles.FUNCTIONS[function]]))
        return None
    file = st.file_uploader(label, types, max_upload_size=megabytes, key=key, on_change=on_change, help=help)
    noted = st.session_state.setdefault("files_noted", set())
    if file is not None and file.file_id not in noted:
        noted.add(file.file_id)
        audit.upload(person().account, key, file.name, file.size)
    return file
