// Runs once below the box for adding: makes the bookmark. `hints.js` takes what its click brings.

const page = location.origin + location.pathname; // after the `#`, nothing is sent to the server
const code = `(()=>{const s=String(getSelection()).trim(),e=encodeURIComponent;open("${page}#"+(s?"text="+e(document.title+"\\n\\n"+s):"url="+e(location.href)),"_blank","noopener")})()`;
const link = element.querySelector("a");
link.href = `javascript:${encodeURIComponent(code)}`;
link.addEventListener("click", (event) => event.preventDefault()); // here it would bring this page
