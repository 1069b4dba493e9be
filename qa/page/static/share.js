// Runs once before the page: installs the worker, and brings what a phone shared to the box for
// adding, where it waits for "Add"; files are added at once, since they were chosen.

const KEPT = "ask-the-article-shared";
const LOST = "What you shared did not arrive; open the app once, then share it again.";

async function taken() {
  const cache = await caches.open(KEPT);
  const told = await cache.match("told");
  if (!told) return null;
  const [title, text, url] = await told.json();
  const files = [];
  for (const request of await cache.keys()) {
    if (!new URL(request.url).pathname.includes("/file-")) continue;
    const kept = await cache.match(request);
    const name = decodeURIComponent(kept.headers.get("X-Name")) || "shared";
    files.push(new File([await kept.blob()], name, { type: kept.headers.get("Content-Type") }));
  }
  await caches.delete(KEPT);
  return { files, text: shared(title, text, url) };
}

// Many apps put the address at the end of the text, and nothing in `url`.
function shared(title, text, url) {
  const address = url || /^(?:.*\s)?(https?:\/\/\S+)\s*$/s.exec(text)?.[1];
  if (address) return address;
  return [title, text].filter(Boolean).join("\n\n");
}

async function bring() {
  const outcome = new URLSearchParams(location.hash.slice(1)).get("shared");
  if (!outcome) return;
  history.replaceState(null, "", location.pathname + location.search); // a reload brings it no more
  const found = outcome === "here" && (await taken().catch(() => null));
  ready(() => {
    if (!found) document.dispatchEvent(new CustomEvent("qa:tell", { detail: { sentence: LOST } }));
    else if (found.files.length || found.text) document.dispatchEvent(new CustomEvent("qa:add", { detail: found }));
  });
}

// The listener comes with the page, which is built after this. The article comes with the session,
// without which the server takes no file; where there is no article, five seconds will do.
function ready(go, tries = 0) {
  const isBuilt = document.querySelector("#drop .qa-drop") && document.querySelector(".qa-close");
  if (isBuilt && (document.querySelector("#article article") || tries > 50)) go();
  else setTimeout(ready, 100, go, tries + 1);
}

if ("serviceWorker" in navigator && window.isSecureContext && window === window.top) {
  navigator.serviceWorker.register("worker.js").catch(() => {}); // the page works without it
}
addEventListener("hashchange", bring);
bring();
