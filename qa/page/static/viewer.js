// Runs once in the article viewer. `element` contains the article, `trigger` sends an event to the
// server, and `watch` is called when the server updates it.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const viewer = element.closest("#article");
const behavior = () => (still.matches ? "auto" : "smooth");
let wanted = null; // the id of a sentence in an article that the server has yet to send

// So that the keyboard can scroll it, and screen readers name it.
viewer.tabIndex = 0;
viewer.setAttribute("role", "region");
viewer.setAttribute("aria-label", "Article");

function view(quiet = false) {
  document.dispatchEvent(new CustomEvent("qa:view", { detail: { tab: 0, quiet } }));
}

// Scroll to a sentence, flash it and focus it.
function show(id) {
  const sentence = document.getElementById(id);
  if (!sentence || !element.contains(sentence)) return false;
  element.querySelectorAll(".flash").forEach((other) => other.classList.remove("flash"));
  void sentence.offsetWidth; // restarts the animation
  sentence.classList.add("flash");
  sentence.focus({ preventScroll: true });
  sentence.scrollIntoView({ block: "center", behavior: behavior() });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".qa-cite");
  if (!link) return;
  event.preventDefault();
  hide();
  view();
  const id = link.getAttribute("href").slice(1);
  const exchange = link.closest(".qa-exchange").id.slice(2);
  const shown = element.querySelector(".qa-shown");
  requestAnimationFrame(() => {
    if (shown?.dataset.exchange === exchange && show(id)) return;
    wanted = id;
    trigger("select", { id, exchange: Number(exchange) });
  });
});

element.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-open]");
  if (tab) {
    const { exchange } = element.querySelector(".qa-shown").dataset;
    trigger("select", { key: tab.dataset.open, exchange: Number(exchange) });
  }
  const mark = event.target.closest(".qa-mark");
  if (!mark) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("qa:back", { detail: { id: mark.id } }));
});

document.addEventListener("qa:read", ({ detail }) => {
  view();
  viewer.scrollTo({ top: 0 });
  trigger("select", { key: detail.key });
});

watch("value", () => {
  if (wanted) {
    const gone = !element.querySelector(".qa-shown");
    if (show(wanted) || gone) wanted = null;
    return;
  }
  // A new answer: scroll to its first cited sentence, in the viewer only.
  const mark = element.querySelector(".qa-mark:not(.qa-other)");
  if (!mark) return;
  if (!element.querySelector("[data-reopened]")) view(true);
  const above = mark.getBoundingClientRect().top - viewer.getBoundingClientRect().top;
  viewer.scrollTo({ top: viewer.scrollTop + above - viewer.clientHeight / 3, behavior: behavior() });
});

// A tooltip with the quote, for the pointer and the keyboard.
const card = document.createElement("div");
card.id = "qa-card";
card.setAttribute("role", "tooltip");
card.hidden = true;
const quote = card.appendChild(document.createElement("q"));
const origin = card.appendChild(document.createElement("small"));
viewer.closest("main").append(card);
let current = null; // the link whose quote is shown

function hide() {
  current?.removeAttribute("aria-describedby");
  current = null;
  card.hidden = true;
}

function reveal(link) {
  if (!link.closest(".qa-written")) return; // the quote stands beside it
  current = link;
  quote.textContent = link.dataset.quote;
  origin.textContent = link.dataset.origin;
  link.setAttribute("aria-describedby", card.id);
  card.hidden = false;
  const at = link.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - card.offsetWidth - 8);
  const below = at.bottom + 4;
  const above = at.top - card.offsetHeight - 4;
  card.style.left = `${Math.max(8, left)}px`;
  card.style.top = `${below + card.offsetHeight > innerHeight && above > 0 ? above : below}px`;
}

for (const type of ["mouseover", "focusin"]) {
  document.addEventListener(type, ({ target }) => {
    const link = target.closest?.(".qa-cite");
    if (link) reveal(link);
    else if (type === "focusin" || !target.closest?.("#qa-card")) hide();
  });
}
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
document.addEventListener("scroll", hide, true);
