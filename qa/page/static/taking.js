// Runs once beside the conversation: asks for a file to take along, and saves it when it comes.

document.addEventListener("qa:take", ({ detail }) => trigger("download", detail));

watch("value", () => {
  const said = element.querySelector(".qa-taken");
  setTimeout(() => said?.remove(), 8_000);
  const file = element.querySelector(".qa-file");
  if (!file) return;
  const bytes = Uint8Array.from(atob(file.textContent), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.dataset.type }));
  link.download = file.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it late
  file.remove();
});
