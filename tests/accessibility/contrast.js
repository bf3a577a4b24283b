// What stands out too little where axe does not look, one sentence per fault: words in charts, edges of controls.
(() => {
  // Colours as the browser computes them: red, green, blue, alpha.
  const parts = (colour) => {
    const numbers = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return numbers.length < 4 ? [...numbers.slice(0, 3), 1] : numbers;
  };
  const over = ([r, g, b, alpha], under) => [r, g, b].map((part, index) => part * alpha + under[index] * (1 - alpha));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const fill = (element) => {
    const style = getComputedStyle(element);
    const [r, g, b, alpha] = style.fill === "none" ? [0, 0, 0, 0] : parts(style.fill);
    return [r, g, b, alpha * Number(style.fillOpacity) * Number(style.opacity)];
  };
  const page = parts(getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor).slice(0, 3);

  const faint = [];
  for (const chart of document.querySelectorAll('[data-testid="stVegaLiteChart"]')) {
    if (!chart.checkVisibility()) continue;
    const shapes = [...chart.querySelectorAll("svg path, svg rect")].filter((shape) => fill(shape)[3] > 0);
    for (const text of chart.querySelectorAll("svg text")) {
      const box = text.getBoundingClientRect();
      if (!text.textContent.trim() || !box.width || fill(text)[3] === 0) continue;
      const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
      const below = shapes.filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
        && shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse())));
      const ground = below.reduce((under, shape) => over(fill(shape), under), page);
      const ratio = contrast(over(fill(text), ground), ground);
      const style = getComputedStyle(text);
      const large = parseFloat(style.fontSize) >= (Number(style.fontWeight) >= 700 ? 18.66 : 24);
      if (ratio < (large ? 3 : 4.5)) faint.push(`the text “${text.textContent.trim()}” of a chart stands out by ${ratio.toFixed(2)}:1 only`);
    }
  }
  // The edges of what is filled in or chosen: 3:1 against what lies around them (WCAG 1.4.11).
  const fields = ':is([data-testid="stSelectbox"], [data-testid="stMultiSelect"]) [role="group"], [data-testid="stTextInputRootElement"], [data-testid="stNumberInputContainer"], [data-testid="stTextAreaRootElement"], [data-testid="stFileUploaderDropzone"], [data-variant]';
  const edges = [...document.querySelectorAll(fields)].filter((field) => field.checkVisibility()).flatMap((field) => {
    const style = getComputedStyle(field);
    if (parseFloat(style.borderTopWidth) === 0) return [];
    const ground = parts(getComputedStyle(field.closest('[data-testid="stSidebar"]') ?? document.querySelector('[data-testid="stApp"]')).backgroundColor);
    const ratio = contrast(over(parts(style.borderTopColor), ground), ground);
    return ratio < 3 ? [`the edge of ${(field.closest("[data-testid]") ?? field).dataset.testid} stands out by ${ratio.toFixed(2)}:1 only`] : [];
  });
  return [...new Set([...faint, ...edges])];
})();
