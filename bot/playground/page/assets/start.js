// The page is painted first, from its HTML and the styles of its shell; then all the rest is asked for at once.
requestAnimationFrame(() => setTimeout(() => {
  document.head.append(document.getElementById("rest").content);
  import("./app.js");
}));
