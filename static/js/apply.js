// The application form: questions whose condition does not hold are hidden, and what is typed is
// kept as a draft. Without this every question shows, its hint says when to answer it, and a
// button keeps the draft.
const form = document.querySelector("form[data-draft], form[data-preview]");

function chosen(name) {
  const own = [...form.elements].filter((field) => field.name === name);
  const ticked = own.filter((field) => field.tagName === "SELECT" || field.checked);
  return ticked.filter((field) => !field.closest("[hidden]")).map((field) => field.value);
}

function isMinor(born, day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(born)) return false;
  const eighteen = `${Number(born.slice(0, 4)) + 18}${born.slice(4)}`;
  return eighteen > day;
}

function show() {
  for (const part of form.querySelectorAll("[data-shown-name]")) {
    part.hidden = !chosen(part.dataset.shownName).includes(part.dataset.shownValue);
  }
  for (const part of form.querySelectorAll("[data-minor-on]")) {
    part.hidden = !isMinor(form.elements.born_on.value, part.dataset.minorOn);
  }
}

let waiting;
async function keep() {
  const typed = new FormData(form);
  for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
  typed.set("step", "note");
  const answer = await fetch(form.action, { method: "POST", body: typed }).catch(() => null);
  const status = form.querySelector("[data-kept]");
  status.textContent = answer && answer.status === 204 ? status.dataset.kept : "";
}

if (form) {
  show();
  form.addEventListener("change", show);
  form.addEventListener("submit", () => clearTimeout(waiting));
}
if (form && "draft" in form.dataset) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  });
}
