// Read before Streamlit's own script, on every page (lib/server.py puts it into the HTML).

// Where the server is. Without it, a deep link looks for the server below its own path first.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", document.currentScript.src).href };

// No shortcut of a single letter (KWCAG 2.2): Streamlit reruns the page on R and clears its cache on C.
document.addEventListener(
  "keydown",
  (event) => {
    const typing = event.target.closest("input, textarea, [contenteditable='true']");
    const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (alone && !typing && ["KeyR", "KeyC"].includes(event.code)) {
      event.stopImmediatePropagation();
    }
  },
  true,
);

// How wide the window is (CSS pixels), for maps, which are fitted before they are sent. Nothing else is kept.
document.cookie = `window_width=${innerWidth}; path=/; SameSite=Strict`;
