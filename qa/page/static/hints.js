// Runs once above the question box: asks a suggested question, or the one in the page's address, and
// puts an article that a link brings into the box for adding.

const query = new URLSearchParams(location.search);
const linked = query.get("q");
let asked = false;

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.ask) trigger("submit", { question: button.dataset.ask });
  if (button.dataset.do === "articles") {
    document.dispatchEvent(new CustomEvent("qa:view", { detail: { tab: 1, focus: true } }));
  }
});

// The first update means that the server knows this visitor; a reload does not ask again.
watch("value", () => {
  if (asked || !linked?.trim()) return;
  asked = true;
  const questions = [...document.querySelectorAll("#chat h2")].map((h2) => h2.textContent);
  if (questions[questions.length - 1] !== linked) trigger("submit", { question: linked, articles: query.getAll("article") });
});

// What a bookmark or another site's link brings waits in the box: it is neither sent nor fetched
// before the visitor presses "Add".
function offer() {
  const brought = new URLSearchParams(location.hash.slice(1));
  const text = (brought.get("url") ?? brought.get("text") ?? "").trim();
  if (!text || !props.add) return;
  const box = document.querySelector("#paste textarea");
  if (!box || !document.querySelector(".qa-close")) {
    // The panel is built when it is first shown.
    document.dispatchEvent(new CustomEvent("qa:view", { detail: { tab: 1, quiet: true } }));
    return setTimeout(offer, 50);
  }
  history.replaceState(null, "", location.pathname + location.search); // a reload brings it no more
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  document.dispatchEvent(new CustomEvent("qa:view", { detail: { tab: 1 } }));
  requestAnimationFrame(() => box.focus());
}
window.addEventListener("hashchange", offer);
requestAnimationFrame(offer);
