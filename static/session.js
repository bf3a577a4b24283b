// Read on every page where people sign in (lib/server.py puts it into the HTML): asks how long the sign-in lasts,
// says so in time to go on (KWCAG 2.2, 6.2.1), and leaves the page when it is over, so that nothing stays on the screen.

(() => {
  const address = new URL("./session", document.currentScript.src);
  const most = 30; // seconds between two questions

  const ask = async (method) => {
    const answer = await fetch(address, { method, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401) return { seconds: 0 };
    return answer.ok ? answer.json() : { seconds: most, warning: 0 };
  };

  const made = (kind, text = "") => {
    const element = document.createElement(kind);
    element.textContent = text;
    return element;
  };
  const dialog = made("dialog");
  const title = made("h2", "곧 로그아웃됩니다");
  const text = made("p");
  const button = made("button");
  let noticed = false; // an end that cannot be put off is told once
  dialog.id = "session-end";
  title.id = "session-end-title";
  dialog.setAttribute("aria-labelledby", title.id);
  button.type = "button";
  dialog.append(title, text, button);

  const show = ({ seconds, fixed }) => {
    const time = seconds > 90 ? `${Math.round(seconds / 60)}분` : `${Math.ceil(seconds)}초`;
    text.textContent = fixed
      ? `로그인한 지 오래되어 ${time} 뒤에 로그아웃됩니다. 하던 일을 마치고 다시 로그인하십시오.`
      : `오래 쓰지 않아 ${time} 뒤에 로그아웃됩니다. 계속 보려면 ‘계속 사용’을 누르십시오.`;
    button.textContent = fixed ? "확인" : "계속 사용";
    button.onclick = async () => {
      dialog.close();
      noticed = noticed || fixed;
      if (!fixed) next(await ask("POST"));
    };
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open && !(fixed && noticed)) dialog.showModal();
  };

  let timer;
  const next = (left) => {
    clearTimeout(timer);
    if (left.seconds <= 0) {
      location.reload();
      return;
    }
    const soon = left.seconds <= left.warning;
    if (soon) show(left);
    else if (dialog.open) dialog.close();
    const wait = soon ? left.seconds : left.seconds - left.warning;
    timer = setTimeout(check, 1000 * Math.min(most, wait + 0.5));
  };
  const check = async () => {
    try {
      next(await ask("GET"));
    } catch {
      timer = setTimeout(check, 1000 * most); // the server is away; Streamlit says so
    }
  };
  addEventListener("DOMContentLoaded", check);
})();
