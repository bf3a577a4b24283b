// Slides out of the page around this script. No shortcut of a single letter (KWCAG 2.2): arrows, Home and End
// turn the page, everything else has a button.
(() => {
  const LARGEST = 3; // of a table's type on a slide, in hundredths of its height
  const SMALLEST = 1.2;
  const body = document.body;
  const bar = document.querySelector(".bar");
  const slides = [...document.querySelectorAll(".slide")];
  const list = bar.querySelector("select");
  const place = bar.querySelector(".place");
  const clock = bar.querySelector(".timer");
  const seconds = bar.querySelector(".seconds");
  const button = (name) => bar.querySelector(`[data-do="${name}"]`);
  let shown = 0;
  let elapsed = 0; // seconds of the talk
  let running = false;
  let rotating = 0; // the timer of the rotation; 0 while it stands
  let aside = null; // the window with the notes

  const presenting = () => body.dataset.mode === "slides";
  const time = () => [elapsed / 60, elapsed % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");

  function show(number) {
    shown = Math.max(0, Math.min(number, slides.length - 1));
    slides.forEach((slide, index) => {
      slide.classList.toggle("shown", index === shown);
      slide.inert = index !== shown;
    });
    list.value = slides[shown].id;
    place.textContent = `${shown} / ${slides.length - 1}`;
    place.setAttribute("aria-label", `${shown} / ${slides.length - 1} ${slides[shown].dataset.title}`);
    history.replaceState(null, "", `#${slides[shown].id}`);
    if (rotating) rotate(true);
    fit();
    tellAside();
  }

  // The largest type that lets all rows of the table stand on the slide.
  function fit() {
    const table = slides[shown].querySelector(".table");
    if (!table || !presenting()) return;
    let size = LARGEST;
    do table.style.fontSize = `${size}vh`;
    while (table.scrollHeight > table.clientHeight && (size -= 0.1) > SMALLEST);
  }

  function present() {
    body.dataset.mode = "slides";
    bar.hidden = false;
    running = true;
    unfold(true); // whether the notes are seen, the button says
    show(Math.max(0, slides.findIndex((slide) => `#${slide.id}` === decodeURIComponent(location.hash))));
  }

  function read() {
    rotate(false);
    running = false;
    body.dataset.mode = "document";
    bar.hidden = true;
    unfold(false);
    slides.forEach((slide) => (slide.inert = false));
    document.querySelectorAll(".table").forEach((table) => (table.style.fontSize = ""));
    slides[shown].scrollIntoView();
  }

  function unfold(open) {
    document.querySelectorAll(".speaker").forEach((notes) => (notes.open = open));
  }

  function press(name, on, text) {
    button(name).setAttribute("aria-pressed", String(on));
    if (text) button(name).textContent = text;
  }

  // A kiosk turns by itself, and begins again after the last page; the same button holds it.
  function rotate(on) {
    clearTimeout(rotating);
    rotating = on ? setTimeout(() => show((shown + 1) % slides.length), 1000 * Number(seconds.value)) : 0;
    press("rotate", on, on ? "멈춤" : "시작");
  }

  function toggle(name) {
    const on = body.classList.toggle(`with-${name}`);
    press(name, on);
    if (name === "table") button(name).textContent = on ? "그림 보기" : "표 보기";
    fit();
  }

  function openAside() {
    aside = window.open("", "speaker-notes", "popup,width=900,height=760");
    if (!aside) return;
    aside.document.title = "발표 메모";
    aside.document.documentElement.lang = "ko";
    aside.document.body.style = "font: 20px/1.5 'Malgun Gothic', 'NanumGothic', sans-serif; margin: 1.2em; word-break: keep-all";
    tellAside();
  }

  function tellAside() {
    if (!aside || aside.closed) return;
    const page = aside.document;
    const line = (name, text) => Object.assign(page.createElement(name), { textContent: text });
    const notes = slides[shown].querySelector(".speaker > div");
    const next = slides[shown + 1];
    const timer = Object.assign(line("p", time()), { id: "timer" });
    timer.style = "font-size: 2em; margin: 0; font-variant-numeric: tabular-nums";
    page.body.replaceChildren(
      timer,
      line("h1", `${shown}. ${slides[shown].dataset.title}`),
      notes ? page.importNode(notes, true) : line("p", "메모가 없습니다."),
      line("p", next ? `다음: ${next.dataset.title}` : "마지막 쪽입니다."),
    );
  }

  setInterval(() => {
    if (!running) return;
    elapsed += 1;
    clock.textContent = time();
    const timer = aside && !aside.closed && aside.document.getElementById("timer");
    if (timer) timer.textContent = time();
  }, 1000);

  const actions = {
    present,
    document: read,
    previous: () => show(shown - 1),
    next: () => show(shown + 1),
    table: () => toggle("table"),
    notes: () => toggle("notes"),
    "notes-window": openAside,
    rotate: () => rotate(!rotating),
    timer: () => press("timer", (running = !running), running ? "시계 멈춤" : "시계 계속"),
    reset: () => ((elapsed = 0), (clock.textContent = time())),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name) actions[name]();
  });
  addEventListener("resize", fit);
  list.addEventListener("change", () => show(list.selectedIndex));
  seconds.addEventListener("change", () => rotating && rotate(true));

  const keys = {
    ArrowLeft: () => show(shown - 1),
    PageUp: () => show(shown - 1),
    ArrowRight: () => show(shown + 1),
    PageDown: () => show(shown + 1),
    Home: () => show(0),
    End: () => show(slides.length - 1),
  };
  document.addEventListener("keydown", (event) => {
    const choosing = event.target.closest?.("select");
    if (!presenting() || choosing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // ?rotate=20 starts a kiosk that turns every 20 seconds.
  const every = new URLSearchParams(location.search).get("rotate");
  if (presenting()) present();
  if (presenting() && every) {
    if ([...seconds.options].some((option) => option.value === every)) seconds.value = every;
    rotate(true);
  }
})();
