// Read on every page where people sign in (lib/server.py puts it into the HTML): asks how long the sign-in lasts,
// says so in time to go on (KWCAG 2.2, 6.2.1), and leaves the page when it is over, so that nothing stays on the screen.

(() => {
  const address = new URL("./session", document.currentScript.src);
  const warning = 120; // seconds before the end
  const most = 30; // seconds between two questions

  const ask = async (method) => {
    const answer = await fetch(address, { method, cache: "no-store", credentials: "same-origin" });
    return answer.status === 401 ? 0 : answer.ok ? (await answer.json()).seconds : most;
  };

  const made = (kind, text) => {
    const element = document.createElement(kind);
    element.textContent = text;
    return element;
  };
  let dialog;
  const show = (seconds) => {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "session-end";
      dialog.setAttribute("aria-labelledby", "session-end-title");
      const title = made("h2", "곧 로그아웃됩니다");
      title.id = "session-end-title";
      const text = made("p", "");
      text.setAttribute("role", "timer");
      const stay = made("button", "계속 사용");
      stay.type = "button";
      stay.autofocus = true;
      stay.addEventListener("click", async () => { dialog.close(); next(await ask("POST")); });
      dialog.append(title, text, stay);
      document.body.append(dialog);
    }
    const minutes = Math.max(1, Math.round(seconds / 60));
    dialog.querySelector("p").textContent =
      `오래 쓰지 않아 ${minutes}분 안에 로그아웃됩니다. 계속 보려면 ‘계속 사용’을 누르십시오.`;
    if (!dialog.open) dialog.showModal();
  };

  let timer;
  const next = (seconds) => {
    if (seconds <= 0) {
      location.reload();
      return;
    }
    if (seconds <= warning) show(seconds);
    else if (dialog && dialog.open) dialog.close();
    clearTimeout(timer);
    timer = setTimeout(check, 1000 * Math.min(most, Math.max(1, seconds <= warning ? seconds : seconds - warning)));
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
