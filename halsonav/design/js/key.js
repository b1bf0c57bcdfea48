// Shows the buttons that use a key where the browser can, and says in the page when one failed.
for (const id of ["use_key", "add_key"]) {
  const button = document.getElementById(id);
  if (button && window.PublicKeyCredential) button.hidden = false;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("key_failed");
  if (said) {
    said.hidden = false;
    said.focus();
  }
});
