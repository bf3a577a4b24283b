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

// Streamlit tells the page that holds it in a frame of every change. In no frame it tells itself, and looks each message
// over, which takes some 12 ms of each run.
addEventListener("message", (event) => {
  if (event.source === window && event.data?.stCommVersion) event.stopImmediatePropagation();
});

// How wide the window is (CSS pixels), for maps, which are fitted before they are sent. Nothing else is kept.
document.cookie = `window_width=${innerWidth}; path=/; SameSite=Strict`;

// What Streamlit's markup leaves out or says in English, mended as it comes; docs/accessibility.md lists each.
(() => {
  // Texts, names, hints: as Streamlit says them, and in Korean.
  const KOREAN = new Map(Object.entries({
    "Skip to main content": "본문 바로가기",
    "App pages": "화면 목록",
    "Sidebar": "메뉴와 공통 설정",
    "Collapse sidebar": "메뉴 접기",
    "Expand sidebar": "메뉴 펴기",
    "Main menu": "화면 설정",
    "Menu": "차림표",
    "Rerun": "다시 실행",
    "Print": "인쇄",
    "Theme": "화면 색",
    "System": "시스템 설정",
    "Light": "밝게",
    "Dark": "어둡게",
    "Record screen": "화면 녹화",
    "Help": "도움말",
    "Open": "목록 펴기",
    "Close": "닫기",
    "Clear value": "지우기",
    "Clear": "지우기",
    "Clear all": "모두 지우기",
    "Selected values": "고른 항목",
    "Choose an option": "고르기",
    "Choose options": "고르기",
    "No results": "찾는 항목이 없습니다.",
    "Increment": "늘리기",
    "Decrement": "줄이기",
    "Show/hide columns": "열 고르기",
    "Copy to clipboard": "복사",
    "Copied": "복사함",
    "Copy version to clipboard": "판 번호 복사",
    "Made with Streamlit v": "Streamlit 판 ",
    "Upload": "파일 고르기",
    "file upload": "파일 올리기",
    "Press Enter to apply": "Enter 키를 누르면 적용됩니다.",
    "Press Ctrl+Enter to apply": "Ctrl+Enter 키를 누르면 적용됩니다.",
    "Fullscreen": "크게 보기",
    "Close fullscreen": "원래 크기로",
    "Stop": "멈춤",
    "Running...": "계산 중",
    "visualization": "도표",
  }));
  const PHRASES = [
    [/^([\d.]+\wB) per file$/, "파일 하나에 $1까지"],
    [/^Upload (.+)$/, "$1 올리기"],
    [/^Add row: (.+)$/, "줄 더하기: $1"],
    [/^Delete row\(s\): (.+)$/, "줄 빼기: $1"],
    [/^Help for (.+)$/, "$1 도움말"],
    [/^Remove (.+)$/, "$1 빼기"],
    [/^Show\/hide columns: (.+)$/, "열 고르기: $1"],
    [/^Fullscreen: (.+)$/, "크게 보기: $1"],
    [/^Close fullscreen: (.+)$/, "원래 크기로: $1"],
    [/^Show data: (.+)$/, "자료 보기: $1"],
    [/^Show chart: (.+)$/, "도표 보기: $1"],
    [/^Download as (\w+): (.+)$/, "$1 파일로 내려받기: $2"],
    [/^Download as (\w+)$/, "$1 파일로 내려받기"],
    [/^Copy Vega-Lite spec: (.+)$/, "도표 정의 복사: $1"],
    [/^Search: (.+)$/, "찾기: $1"],
  ];
  const SPOKEN = ["aria-label", "aria-roledescription", "placeholder", "title"];

  function korean(text) {
    if (!/^[\dA-Za-z].*[A-Za-z]/.test(text)) return text;
    const known = KOREAN.get(text);
    if (known) return known;
    const [pattern, words] = PHRASES.find(([pattern]) => pattern.test(text)) ?? [];
    return pattern ? text.replace(pattern, words) : text;
  }

  function set(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  function speak(element) {
    for (const name of SPOKEN) {
      if (element.hasAttribute(name)) set(element, name, korean(element.getAttribute(name)));
    }
  }

  function write(node) {
    const text = korean(node.data);
    if (text !== node.data) node.data = text;
  }

  // The menu is a list whose items stand in boxes of their own, with a head that only a mouse can fold.
  function section(box) {
    const head = box.querySelector('[data-testid="stNavSectionHeader"]');
    if (!head) return;
    set(box, "role", "group");
    set(box, "aria-label", head.querySelector("p")?.textContent ?? "");
    set(head, "role", "button");
    set(head, "tabindex", "0");
    set(head, "aria-expanded", String(Boolean(box.querySelector("li"))));
    head.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      head.click();
    };
  }

  // A table that is wider than its place (lib/ui/tables.py) scrolls by keys too.
  function table(box) {
    resized.observe(box);
    resized.observe(box.firstElementChild);
    later();
  }
  const resized = new ResizeObserver(() => later());
  let waiting = 0;
  function later() {
    waiting ||= setTimeout(() => {
      waiting = 0;
      document.querySelectorAll(".data-table").forEach(scrollable);
    }, 50);
  }
  function scrollable(box) {
    if (box.scrollWidth <= box.clientWidth) ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name));
    else {
      set(box, "tabindex", "0");
      set(box, "role", "group");
      set(box, "aria-label", box.querySelector("caption").textContent);
    }
  }

  // A popover stands at the end of the page: the keys go into it, stay until Escape, and come back to its button.
  function popover(body) {
    if (body.tabIndex === 0) return;
    body.tabIndex = 0;
    const button = document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]');
    body.focus({ preventScroll: true });
    body.addEventListener("keydown", (event) => {
      if (event.key === "Escape") button?.focus();
      if (event.key !== "Tab") return;
      const stops = [...body.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter((stop) => stop.tabIndex >= 0 && !stop.disabled && stop.checkVisibility());
      const last = stops.at(-1) ?? body;
      const [edge, other] = event.shiftKey ? [body, last] : [last, body];
      if (document.activeElement !== edge) return;
      event.preventDefault();
      other.focus();
    });
  }

  // A chart is called what the message above it says, as long as that changes.
  const MESSAGE = '[data-testid="stElementContainer"]:has(+ [data-testid="stElementContainer"] [data-testid="stVegaLiteChart"]) [data-testid="stMarkdownContainer"]';
  let messages = 0;
  function named(chart) {
    set(chart, "role", "img");
    const message = chart.closest('[data-testid="stElementContainer"]')?.previousElementSibling?.querySelector('[data-testid="stMarkdownContainer"]');
    if (!message) return;
    message.id ||= `message-${++messages}`;
    set(chart, "aria-labelledby", message.id);
  }
  function message(text) {
    named(text.closest('[data-testid="stElementContainer"]').nextElementSibling.querySelector('[data-testid="stVegaLiteChart"]'));
  }

  const MENDS = [
    [SPOKEN.map((name) => `[${name}]`).join(), speak],
    ['[data-testid="stSidebarNavItems"], [data-testid="stSidebarNavItems"] li', (item) => set(item, "role", "none")],
    ['[data-testid="stSidebarNavItems"] > div', section],
    [".data-table", table],
    // One picture with one message: its shapes say column names in English, and its numbers stand in the table below.
    ['[data-testid="stVegaLiteChart"]', named],
    [MESSAGE, message],
    ['[data-testid="stDeckGlJsonChart"] [tabindex="0"]:not(button)', (map) => {
      set(map, "role", "application");
      set(map, "aria-label", "지도: 화살표 키로 옮기고 더하기·빼기 키로 확대·축소합니다.");
    }],
    // The name of the picture, "event icon", says nothing that the words beside it do not.
    ['[role="img"][aria-label$=" icon"]', (icon) => set(icon, "aria-hidden", "true")],
    ['[data-testid="stPopoverBody"]', popover],
    ['[data-testid="stMultiSelectTagsContainer"] [data-tag]', (tag) => set(tag, "role", "group")],
  ];

  const ANY = MENDS.map(([selector]) => selector).join();

  function mend(element) {
    // What is drawn in a chart is named by the chart.
    if (element instanceof SVGElement) return;
    for (const [selector, act] of MENDS) if (element.matches(selector)) act(element);
  }

  function mendAll(added) {
    if (added instanceof SVGElement) return;
    if (added.nodeType === Node.TEXT_NODE) write(added);
    const parent = added.nodeType === Node.ELEMENT_NODE ? added : added.parentElement;
    const root = parent?.closest('[data-testid="stSidebarNavItems"]') ?? parent;
    if (!root) return;
    mend(root);
    root.querySelectorAll(ANY).forEach(mend);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) write(texts.currentNode);
  }

  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "attributes") mend(target);
      else if (type === "characterData") write(target);
      else {
        addedNodes.forEach(mendAll);
        if (target.matches?.('[data-testid="stSidebarNavItems"] > div')) section(target);
      }
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...SPOKEN, "role", "tabindex"],
  });

  const FIELDS = `:is([data-testid="stSelectbox"] [role="group"], [data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"], [data-testid="stTextAreaRootElement"])`;
  const style = new CSSStyleSheet();
  style.replaceSync(`
    /* Where the keys are, in both themes (3:1 on white and on the dark background). */
    :focus-visible { outline: 3px solid #256ef4 !important; outline-offset: 2px !important; }
    [data-testid="stDeckGlJsonChart"] :focus-visible, [data-testid="stMain"]:focus-visible { outline-offset: -3px !important; }
    /* The box of a field would cut the mark around what stands in it. */
    ${FIELDS} :is(input, textarea):focus-visible { outline: none !important; }
    ${FIELDS}:has(:is(input, textarea):focus-visible) { outline: 3px solid #256ef4; outline-offset: 2px; }
    /* What the search box finds is a list. */
    .st-key-found button { text-align: start; justify-content: start; word-break: keep-all; }
    /* Closed, the menu lies beside the window: no key and no voice goes there. */
    [data-testid="stSidebar"][data-collapsed="true"] { visibility: hidden; }
    .data-table { overflow: auto; font-size: 0.875rem; line-height: 1.5; }
    .data-table table { position: relative; min-width: 100%; border-spacing: 0; }
    .data-table :is(th, td) {
      padding: 0.25rem 0.375rem; font-weight: 400; text-align: right; vertical-align: middle; white-space: nowrap;
      word-break: keep-all; border-bottom: 1px solid color-mix(in srgb, currentColor 10%, transparent);
    }
    .data-table thead th { color: color-mix(in srgb, currentColor 75%, transparent); }
    .data-table :is(th, td).text { text-align: left; }
    .data-table :is(th, td).long { white-space: normal; min-width: 12em; }
    .data-table :is(th, td):not(:first-child) { padding-left: 1rem; }
    .data-table tbody tr:last-child > * { border-bottom: 0; }
    .data-table caption { position: absolute; top: 0; left: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .message { margin: 0 0 0.75rem !important; font-weight: 600; line-height: 1.5; word-break: keep-all; }
    .legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0 !important; padding: 0 !important; list-style: none; font-size: 0.875rem; }
    .legend li { display: flex; align-items: center; gap: 0.375rem; margin: 0 !important; white-space: nowrap; }
    .legend i { width: 0.875rem; height: 0.875rem; border: 1px solid #808a94; print-color-adjust: exact; }
    .cards {
      display: grid; gap: 1rem; margin: 0; padding: 0 !important;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, max(var(--least), (100% - (var(--columns) - 1) * 1rem) / var(--columns))), 1fr));
    }
    .cards > div { border: 1px solid color-mix(in srgb, currentColor 22%, transparent); border-radius: 6px; padding: 0.9375rem; }
    .cards :is(dt, dd) { margin: 0; font-size: 0.875rem; line-height: 1.4; word-break: keep-all; overflow-wrap: anywhere; }
    .cards dt + dd { font-size: 1.5rem; font-weight: 700; padding-bottom: 0.25rem; }
    .cards span { display: inline-block; border-radius: 0.75rem; padding: 0.125rem 0.375rem; color: light-dark(#686255, #b8b3a8); background: light-dark(#f5f4f2, #2c2925); }
    .cards .ahead { color: light-dark(#0c5a44, #7ed5b0); background: light-dark(#f1fbf6, #0e2f24); }
    .cards .behind { color: light-dark(#9e303b, #f2919a); background: light-dark(#fff1f2, #412023); }
    .cards .ahead::before { content: "↑ " / ""; }
    .cards .behind::before { content: "↓ " / ""; }
    .cards + .below { margin: 0.75rem 0 0 !important; font-size: 0.875rem; line-height: 1.5; word-break: keep-all; }
    .cards small { font-size: inherit; color: color-mix(in srgb, currentColor 75%, transparent); }
    /* Streamlit fades captions to 4.3:1, and the badges in them with them. */
    [data-testid="stCaptionContainer"], span:has(+ .stMenuVersionCopyButton) { opacity: 1 !important; color: color-mix(in srgb, currentColor 75%, transparent) !important; }
    /* On their tint, the colours of what is chosen are below 4.5:1; so is white on the blue of the dark theme. */
    [data-variant][data-selected="true"] p { color: light-dark(#0b50d0, #86aff9) !important; }
    :is([data-testid="stBaseButton-primary"], [data-testid="stBaseLinkButton-primary"], [data-tag]) { color: light-dark(#ffffff, #131416) !important; }
    /* Streamlit's question marks measure 16 px, its crosses 18. */
    [data-testid="stTooltipIcon"] button, [role="dialog"] > button[aria-label], .stMenuVersionCopyButton { min-width: 24px; min-height: 24px; }
    /* The edges of fields, 3:1 in both themes. */
    ${FIELDS}, [data-testid="stMultiSelect"] [role="group"], [data-testid="stFileUploaderDropzone"],
    [data-variant]:not([data-selected="true"]) { border-color: #808a94; }
    /* Enlarged, text takes another line where Streamlit would cut it. */
    [data-testid="stPageLink"] p {
      white-space: normal !important; overflow: visible !important; text-overflow: clip !important; word-break: keep-all;
    }
    @media (prefers-reduced-motion: reduce) {
      *, ::before, ::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important; transition-duration: 0s !important; scroll-behavior: auto !important; }
    }
  `);
  document.adoptedStyleSheets.push(style);
})();
