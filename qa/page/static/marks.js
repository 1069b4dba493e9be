// Runs once beside the box for finding: counts the sentences that the conversation cites in this
// article, and goes from one to the next, with its buttons or with keys while the article has the
// focus.

const viewer = document.getElementById("article");
const count = element.querySelector("output");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const send = (name) => document.dispatchEvent(new Event(name));
const marks = () => [...viewer.querySelectorAll(".qa-mark")];

function tell() {
  const total = marks().length;
  element.querySelector(".qa-steps").hidden = !total;
  count.textContent = total === 1 ? "1 sentence cited" : `${total} sentences cited`;
}

// From the sentence that has the focus, else from the top of what is in view.
function step(by) {
  const all = marks();
  if (!all.length) return;
  let at = all.findIndex((mark) => mark.contains(document.activeElement) || mark.classList.contains("flash"));
  if (at < 0) {
    const top = viewer.getBoundingClientRect().top;
    const below = all.findIndex((mark) => mark.getBoundingClientRect().top >= top);
    at = below < 0 ? all.length : below;
    if (by > 0) at -= 1;
  }
  const mark = all[(at + by + all.length) % all.length];
  viewer.querySelectorAll(".flash").forEach((other) => other.classList.remove("flash"));
  mark.classList.add("flash");
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
}

element.addEventListener("click", ({ target }) => {
  if (target.dataset.step) step(Number(target.dataset.step));
});

// The list of keys closes like a menu.
const keys = element.querySelector("details");
keys.addEventListener("focusout", ({ relatedTarget }) => keys.contains(relatedTarget) || (keys.open = false));
keys.addEventListener("keydown", (event) => {
  if (event.key === "Escape") keys.open = false;
});

// Keys of one letter work within the article alone, where nothing is typed.
viewer.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = { n: () => step(1), p: () => step(-1), q: () => send("qa:quote"), "/": () => send("qa:find") };
  const act = acts[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});
new MutationObserver(tell).observe(viewer, { childList: true, subtree: true });
tell();
