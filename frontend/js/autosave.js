// A form with `data-autosave` keeps what is typed: a moment after each change, and when the page is left or hidden.
// The answer says what to look at; without script the form's own button saves.

const AFTER_MS = 250;

function payload(form) {
  const data = new FormData(form);
  data.delete("request_key"); // each save is its own: none is served twice
  data.delete("step");
  return data;
}

function list(place, sentences) {
  place.replaceChildren(
    ...sentences.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
}

function show(form, told) {
  const saved = form.querySelector("[data-saved]");
  saved.textContent = told.refused ?? told.saved;
  if (told.refused) return;
  for (const line of form.querySelectorAll("[data-line]")) {
    const touched = [...line.querySelectorAll("input, textarea")].some((field) => field.dataset.touched || field.value);
    const sentences = touched ? (told.flags[line.dataset.line] ?? []) : [];
    list(line.querySelector("[data-flags]"), sentences);
    line.classList.toggle("expenditure__line--flagged", sentences.length > 0);
  }
  list(form.querySelector("[data-flags-whole]"), told.flags[""] ?? []);
  form.querySelector("[data-total]").textContent = told.total;
}

/** Wire every such form under `root`. */
export function startAutosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    const address = new URL(form.dataset.autosave, window.location.href).href;
    let timer;
    let waiting = false;
    let turn = 0;
    const save = async () => {
      clearTimeout(timer);
      waiting = false;
      const mine = ++turn;
      try {
        const answer = await fetch(address, { method: "POST", body: payload(form), headers: { Accept: "application/json" } });
        const told = await answer.json();
        if (mine === turn) show(form, told);
      } catch {
        waiting = true;
        form.querySelector("[data-saved]").textContent = form.querySelector("[data-saved]").dataset.failed;
      }
    };
    form.addEventListener("input", (event) => {
      event.target.dataset.touched = "yes";
      waiting = true;
      clearTimeout(timer);
      timer = setTimeout(save, AFTER_MS);
    });
    form.addEventListener("change", () => waiting && save());
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      waiting = false;
    });
    const leave = () => {
      if (waiting && navigator.sendBeacon(address, payload(form))) waiting = false;
    };
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  }
}
