// What axe does not ask for and KWCAG 2.2 does, one sentence per fault.
(() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility({ visibilityProperty: true }));
  const quoted = (element) => `“${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 60)}”`;

  // 5.3.1: a name, heads of columns and of rows.
  const tables = seen("table").filter((table) => !table.closest("canvas")).flatMap((table) => [
    table.caption?.textContent.trim() ? "" : `the table ${quoted(table)} has no caption`,
    [...(table.tHead?.rows ?? [])].flatMap((row) => [...row.cells]).every((cell) => cell.tagName === "TH" && cell.scope)
      && table.tHead ? "" : `the table ${quoted(table)} has columns without a head`,
    [...(table.tBodies[0]?.rows ?? [])].every((row) => row.querySelector('th[scope="row"]'))
      ? "" : `the table ${quoted(table)} has rows without a head`,
  ]);

  // 6.1.3: 6 mm from corner to corner at least (17 by 17 CSS pixels); 24 by 24 of WCAG 2.2 is more.
  const controls = seen('button, input:not([type="hidden"]), select, textarea, summary').filter((control) => {
    // Where the input itself lies unseen behind what is drawn, all of that is pressed.
    const drawing = control.closest('[data-testid="stCheckbox"], [data-testid="stSlider"], [data-testid="stMultiSelect"], [data-testid="stFileUploaderDropzone"]');
    const box = (control.matches("input") ? drawing ?? control : control).getBoundingClientRect();
    return box.width > 1 && Math.round(Math.min(box.width, box.height)) < 24 && control.tabIndex >= 0;
  }).map((control) => {
    const box = control.getBoundingClientRect();
    return `the control ${quoted(control)} measures ${Math.round(box.width)} by ${Math.round(box.height)} pixels`;
  });

  // 7.1.1: the page says that it is Korean, so its names must be.
  const english = ["aria-label", "aria-roledescription", "placeholder", "title"].flatMap((name) =>
    seen(`[${name}]`).filter((element) => !element.closest("svg, canvas, [aria-hidden='true']"))
      .map((element) => element.getAttribute(name))
      .filter((text) => /[A-Za-z]{3,}/.test(text) && !/[가-힣]/.test(text))
      .map((text) => `${name} “${text}” is not Korean`));

  // 6.4.2: one title of the page, which the window's begins with.
  const heads = seen("h1").map((head) => (head.querySelector("[data-heading-text]") ?? head).textContent.trim());
  const titles = heads.length === 1 && document.title.startsWith(heads[0]) ? []
    : [`the window is called “${document.title}”, the page “${heads.join("”, “")}”`];

  // 5.4.2, 6.3.1: nothing that sounds or blinks.
  const media = seen("audio, video, marquee, blink").map((element) => `the page holds <${element.localName}>`);

  // 5.1.1: a message in words, and the figures in a table.
  const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"], [data-testid="stDeckGlJsonChart"], [data-testid="stEChartsChart"]')]
    .filter((chart) => chart.checkVisibility());
  const figures = [...document.querySelectorAll('.data-table, [data-testid="stDataFrame"]')];
  const name = (chart) => document.getElementById(chart.getAttribute("aria-labelledby"))?.textContent ?? chart.getAttribute("aria-label") ?? chart.querySelector("[aria-label]")?.getAttribute("aria-label") ?? "";
  const unnamed = charts.filter((chart) => name(chart).length < 8 || !/[가-힣]/.test(name(chart)))
    .map((chart) => `a chart (${chart.dataset.testid}) says nothing to those who do not see it: “${name(chart)}”`);
  const alone = charts.filter((chart) => !figures.some((table) => chart.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING))
    .map((chart) => `no table follows the chart “${name(chart)}”`);

  const unsaid = document.documentElement.lang === "ko" ? [] : [`the language of the page is “${document.documentElement.lang}”`];
  return [...new Set([...tables, ...controls, ...english, ...titles, ...media, ...unnamed, ...alone, ...unsaid])].filter(Boolean);
})();
