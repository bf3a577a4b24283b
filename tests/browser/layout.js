// What a reader at this width would call broken, one sentence per fault.
(() => {
  const unseen = 'script, style, noscript, [data-testid="stIconMaterial"], [data-testid="stSkipToContent"]';
  const slack = 2; // px: glyphs may reach a little beyond their box

  const boxOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  const quoted = (node) => `“${node.textContent.trim().slice(0, 60)}”`;

  // Text that is on the page for the eye: not for screen readers only, not in the closed sidebar.
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.textContent.trim() || element.closest(unseen)) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const box = boxOf(node);
      const own = element.getBoundingClientRect();
      if (box.width === 0 || box.right <= 0 || own.width <= 1 || own.height <= 1) continue;
      found.push({ node, element, box });
    }
    return found;
  };

  const clips = (overflow) => overflow === "hidden" || overflow === "clip";
  const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";

  // Cut by a box that neither shows nor scrolls what does not fit.
  const cutByAncestor = ({ element, box }) => {
    let [across, down] = [true, true];
    for (let ancestor = element; ancestor && (across || down); ancestor = ancestor.parentElement) {
      const style = getComputedStyle(ancestor);
      const edge = ancestor.getBoundingClientRect();
      if (style.display === "inline" || style.display === "contents") continue;
      if (across && clips(style.overflowX) && (box.right > edge.right + slack || box.left < edge.left - slack)) return true;
      if (down && clips(style.overflowY) && (box.bottom > edge.bottom + slack || box.top < edge.top - slack)) return true;
      if (scrolls(style.overflowX)) across = false;
      if (scrolls(style.overflowY)) down = false;
    }
    return false;
  };
  // Shortened with an ellipsis: the box knows that its text is longer.
  const shortened = ({ element }) => {
    const style = getComputedStyle(element);
    return (style.textOverflow === "ellipsis" && clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (style.webkitLineClamp !== "none" && element.scrollHeight > element.clientHeight + slack);
  };
  // Vega ends a label that is too long for its limit with "…", and the edge of the picture cuts the rest.
  const cutInPicture = ({ node, element, box }) => {
    const picture = element.closest("svg");
    if (!picture) return false;
    const edge = picture.getBoundingClientRect();
    return node.textContent.trim().endsWith("…")
      || box.left < edge.left - slack || box.right > edge.right + slack
      || box.top < edge.top - slack || box.bottom > edge.bottom + slack;
  };

  // A column so narrow that words stand upright, one letter to a line.
  const upright = ({ node }) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
    return lines > 2 && node.textContent.trim().length / lines < 2;
  };

  const broken = texts().filter(upright).map(({ node }) => `the text ${quoted(node)} is broken letter by letter`);
  const cut = texts()
    .filter((text) => cutByAncestor(text) || shortened(text) || cutInPicture(text))
    .map(({ node }) => `the text ${quoted(node)} is cut`);

  const overflowing = [document.scrollingElement, ...document.querySelectorAll('[data-testid="stMain"]')]
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => {
      const right = element.getBoundingClientRect().left + element.clientWidth;
      const wide = [...element.querySelectorAll("[data-testid]")]
        .filter((child) => child.getBoundingClientRect().right > right + 1).map((child) => child.dataset.testid);
      return `the page is ${element.scrollWidth} px wide where ${element.clientWidth} px fit (${[...new Set(wide)].join(", ")})`;
    });

  // Two English words in a row, or one that Streamlit or pandas says where nobody said otherwise.
  const phrase = /[A-Za-z]{2,} [a-z]{2,}/;
  const word = /^(Deploy|Search|Select|Running\.*|Stop|Rerun|Settings|Upload|Print|None|null|NaN|nan|NaT|undefined|<NA>)$/;
  const english = (text) => phrase.test(text) || word.test(text.trim());
  // The two words of the box for files are Streamlit's own and cannot be translated.
  const said = texts().filter(({ element }) => !element.closest('code, pre, [data-testid="stFileUploaderDropzone"]'))
    .filter(({ node }) => english(node.textContent)).map(({ node }) => `${quoted(node)} is not Korean`);
  const hinted = [...document.querySelectorAll(":placeholder-shown")].filter((field) => field.checkVisibility())
    .filter((field) => english(field.placeholder)).map((field) => `the hint “${field.placeholder}” is not Korean`);

  return [...new Set([...overflowing, ...cut, ...broken, ...said, ...hinted])];
})();
