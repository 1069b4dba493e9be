// Runs once in the conversation. `element` contains it, `trigger` sends an event to the server, and
// `watch` is called when the server updates it.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const log = element.closest("#chat");
const opened = new Set(); // names of the open details, which the server does not know
let exchanges = 0;
let following = true; // the end is in view, and is kept in view while an answer grows

log.tabIndex = 0;
log.setAttribute("role", "region");
log.setAttribute("aria-label", "Conversation");
log.addEventListener("scroll", () => {
  following = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
});

function announce(text) {
  const done = element.querySelector(".qa-done");
  if (done) done.textContent = text;
}

const markdown = () => element.querySelector(".qa-markdown").value;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https, only the old way to the clipboard works.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  announce("Copied.");
}

element.addEventListener("click", ({ target }) => {
  const summary = target.closest("summary");
  if (summary) {
    const name = summary.parentElement.dataset.name;
    if (!opened.delete(name)) opened.add(name);
    const details = summary.parentElement; // opened by this click, so show what it holds
    setTimeout(() => details.open && details.scrollIntoView({ block: "nearest" }));
  }
  const button = target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if (dataset.do === "copy") copy(markdown());
  if (dataset.copy) copy(dataset.copy);
  if (dataset.link) copy(location.origin + location.pathname + dataset.link);
  if (dataset.take) {
    document.dispatchEvent(new CustomEvent("qa:take", { detail: { what: dataset.take, format: dataset.format } }));
  }
  if (dataset.do === "new") trigger("clear", {});
  if (dataset.do === "articles") {
    document.dispatchEvent(new CustomEvent("qa:view", { detail: { tab: 1, focus: true } }));
  }
  if (dataset.do === "list") {
    document.dispatchEvent(new CustomEvent("qa:view", { detail: { tab: 2, focus: true } }));
  }
  if (dataset.reopen) trigger("select", { id: dataset.reopen });
  if (dataset.ask) trigger("edit", { question: dataset.ask });
  if (dataset.again) {
    opened.clear();
    const question = document.getElementById(`again-${dataset.again}`).value;
    trigger("edit", { question, again: Number(dataset.again) });
  }
  if (dataset.rate) {
    const up = dataset.rate === "up";
    const reason = up ? "" : document.getElementById(`why-${dataset.n}`).value;
    trigger("like", { n: Number(dataset.n), up, reason });
  }
});

// Go from a marked sentence back to its last citation.
document.addEventListener("qa:back", ({ detail }) => {
  const links = log.querySelectorAll(`.qa-cite[href="#${detail.id}"]`);
  const link = links[links.length - 1];
  if (!link) return;
  document.dispatchEvent(new Event("qa:close"));
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  const exchange = link.closest(".qa-exchange");
  exchange.classList.remove("qa-flash");
  void exchange.offsetWidth; // restarts the animation
  exchange.classList.add("qa-flash");
});

watch("value", () => {
  element.querySelectorAll("details").forEach((details) => {
    details.open = opened.has(details.dataset.name);
  });
  const shown = element.querySelectorAll(".qa-exchange");
  if (shown.length !== exchanges) {
    if (shown.length < exchanges) opened.clear();
    document.dispatchEvent(new Event("qa:close")); // it would cover the new answer
    exchanges = shown.length;
    following = true;
    element.querySelectorAll(".qa-edit textarea").forEach((area) => (area.value = area.defaultValue));
  }
  // Scroll the newest question to the top, as far as its answer fills the view.
  if (following && exchanges) log.scrollTo({ top: shown[exchanges - 1].offsetTop });
});
