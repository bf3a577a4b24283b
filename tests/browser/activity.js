// Runs in the page before its own scripts and notes when anything last happened there, in
// milliseconds of performance.now() (0 is the start of the navigation): a change of the DOM, a
// message from the server, a stroke on a canvas.
(() => {
  const activity = { last: 0, messages: 0, pressed: 0 };
  window.activity = activity;
  const note = () => { activity.last = performance.now(); };

  new MutationObserver(note).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });

  // Charts on a canvas change no DOM when they draw.
  const noting = (prototype, names) => {
    for (const name of names) {
      const original = prototype[name];
      prototype[name] = function (...values) {
        note();
        return original.apply(this, values);
      };
    }
  };
  const gl = ["drawArrays", "drawElements"];
  noting(WebGLRenderingContext.prototype, gl);
  noting(WebGL2RenderingContext.prototype, [...gl, "drawArraysInstanced", "drawElementsInstanced"]);
  noting(CanvasRenderingContext2D.prototype, ["fill", "fillRect", "fillText", "stroke", "drawImage"]);

  window.WebSocket = class extends WebSocket {
    constructor(...values) {
      super(...values);
      this.addEventListener("message", () => { activity.messages += 1; note(); });
    }
  };
  addEventListener("click", () => { activity.pressed = performance.now(); }, { capture: true });

  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const has_area = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  };
  const charts = '[data-testid="stVegaLiteChart"], [data-testid="stDeckGlJsonChart"], '
    + '[data-testid="stEChartsChart"], [data-testid="stDataFrame"]';
  const drawn = (chart) => [...chart.querySelectorAll("svg, canvas")].some(has_area);

  // What is still missing, in words for the message of a time-out; empty where all is there.
  activity.missing = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app) return "the app";
    if (app.dataset.testConnectionState !== "CONNECTED") return "the connection";
    if (app.dataset.testScriptState !== "notRunning") return "the end of the run";
    if (shown('[data-testid="stAppSkeleton"], [data-testid="stSkeleton"]').length) return "an element's code";
    if (document.querySelector('[data-stale="true"]')) return "an element of this run";
    if (!shown(charts).every(drawn)) return "a chart";
    if (document.fonts.status !== "loaded") return "a font";
    return "";
  };

  activity.settled = (quiet, messages) =>
    // The page is looked through last: it takes longer the more stands on it, and this is asked at every frame.
    activity.messages > messages && performance.now() - activity.last > quiet && activity.missing() === "";
})();
