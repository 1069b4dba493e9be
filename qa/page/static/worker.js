// The service worker: takes what a phone shares with the app, and hands it to the page. It keeps
// nothing else, and answers no other request.

const KEPT = "ask-the-article-shared";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "POST" || path !== new URL("share", registration.scope).pathname) return;
  event.respondWith(keep(request));
});

// The page reads this after it has been opened; until then it waits in the browser's cache.
async function keep(request) {
  let outcome = "here";
  try {
    const form = await request.formData();
    const cache = await caches.open(KEPT);
    for (const old of await cache.keys()) await cache.delete(old);
    const told = ["title", "text", "url"].map((name) => form.get(name) ?? "");
    await cache.put("told", Response.json(told));
    const files = form.getAll("files").filter((file) => file.size);
    for (const [number, file] of files.entries()) {
      const headers = { "Content-Type": file.type, "X-Name": encodeURIComponent(file.name) };
      await cache.put(`file-${number}`, new Response(file, { headers }));
    }
  } catch {
    outcome = "lost";
  }
  return Response.redirect(new URL(`./#shared=${outcome}`, registration.scope), 303);
}
