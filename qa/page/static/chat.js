// Runs once in the conversation. `element` holds it, `trigger` sends an event to the server,
// `watch` follows what the server puts here.

const still = matchMedia("(prefers-reduced-motion: reduce)");
const log = element.closest("#chat");
const opened = new Set(); // names of the details that are open; the server knows nothing of them
let exchanges = 0;
let following = true; // the end is in view, so it stays there while an answer grows

log.tabIndex = 0;
log.setAttribute("role", "region");
log.setAttribute("aria-label", "Conversation");
log.addEventListener("scroll", () => {
  following = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
});

function say(text) {
  const done = element.querySelector(".qa-done");
  if (done) done.textContent = text;
}

const markdown = () => element.querySelector(".qa-markdown").value;

async function copy() {
  try {
    await navigator.clipboard.writeText(markdown());
  } catch {
    // Without https there is no clipboard but this one.
    const area = document.createElement("textarea");
    area.value = markdown();
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say("Copied.");
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([markdown()], { type: "text/markdown" }));
  link.download = "conversation.md";
  link.click();
  URL.revokeObjectURL(link.href);
  say("Saved as conversation.md.");
}

element.addEventListener("click", ({ target }) => {
  const summary = target.closest("summary");
  if (summary) {
    const name = summary.parentElement.dataset.name;
    if (!opened.delete(name)) opened.add(name);
  }
  const button = target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if (dataset.do === "copy") copy();
  if (dataset.do === "save") save();
  if (dataset.do === "anew") trigger("clear", {});
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

// From a marked sentence back to where it was last cited.
document.addEventListener("qa:back", ({ detail }) => {
  const links = log.querySelectorAll(`.qa-cite[href="#${detail.id}"]`);
  const link = links[links.length - 1];
  if (!link) return;
  document.dispatchEvent(new Event("qa:close"));
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  const exchange = link.closest(".qa-exchange");
  exchange.classList.remove("qa-flash");
  void exchange.offsetWidth; // so that it flashes again
  exchange.classList.add("qa-flash");
});

watch("value", () => {
  element.querySelectorAll("details").forEach((details) => {
    details.open = opened.has(details.dataset.name);
  });
  const shown = element.querySelectorAll(".qa-exchange");
  if (shown.length !== exchanges) {
    if (shown.length < exchanges) opened.clear();
    exchanges = shown.length;
    following = true;
    element.querySelectorAll(".qa-edit textarea").forEach((area) => (area.value = area.defaultValue));
  }
  // The newest question at the top, or all of its answer in view if there is room for it.
  if (following && exchanges) log.scrollTo({ top: shown[exchanges - 1].offsetTop });
});
