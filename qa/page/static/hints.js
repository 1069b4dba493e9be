// Runs once above the question box: asks a suggested question, or the one in the page's address.

const linked = new URLSearchParams(location.search).get("q");
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
  if (questions[questions.length - 1] !== linked) trigger("submit", { question: linked });
});
