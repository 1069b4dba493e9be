// Runs once in the news of what is being added: says it, and keeps it in view.

element.setAttribute("role", "status");
watch("value", () => element.scrollIntoView({ block: "nearest" }));
