// Runs once in the article pane. `element` is the pane, `trigger` sends an event to the server,
// `watch` follows what the server puts here.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const pane = element.closest("#article");
let wanted = null; // a sentence of an article that the server has yet to show

// Scroll to a sentence, flash it and leave the focus there.
function show(id) {
  const sentence = document.getElementById(id);
  if (!sentence || !element.contains(sentence)) return false;
  element.querySelectorAll(".flash").forEach((other) => other.classList.remove("flash"));
  void sentence.offsetWidth; // so that the same sentence flashes again
  sentence.classList.add("flash");
  sentence.focus({ preventScroll: true });
  sentence.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  return true;
}

// A keyboard can scroll the pane, a screen reader finds it by name.
pane.tabIndex = 0;
pane.setAttribute("role", "region");
pane.setAttribute("aria-label", "The article");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#s-"]');
  if (!link) return;
  event.preventDefault();
  const id = link.getAttribute("href").slice(1);
  if (show(id)) return;
  wanted = id;
  trigger("open", { id });
});

watch("value", () => {
  if (wanted) {
    if (show(wanted)) wanted = null;
    return;
  }
  // A new answer: bring its first sentence into the pane, and leave the rest of the page alone.
  const mark = element.querySelector("mark");
  if (!mark) return;
  const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({
    top: pane.scrollTop + above - pane.clientHeight / 3,
    behavior: still.matches ? "auto" : "smooth",
  });
});

// Gradio names each message after its raw Markdown, on an element that may have no name.
new MutationObserver(() => {
  document.querySelectorAll("#chat [aria-label*=\"'s message: \"]").forEach((message) => {
    message.removeAttribute("aria-label");
  });
}).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
