// Saves a test while one types, shows the time left and hands in when it is over.
// Without it the page has a button for each; the server keeps the time either way.
const form = document.querySelector("#test");
const clock = document.querySelector("#clock");
const saving = document.querySelector("#saving");
const due = Date.now() + Number(clock.dataset.seconds) * 1000;
let timer;
let handedIn = false; // from then on nothing is saved, and no answer may call the page back

async function save() {
  const answers = new FormData(form);
  answers.set("verb", "save");
  try {
    const answer = await fetch(location.href, { method: "POST", body: answers, headers: { autosave: "1" } });
    if (handedIn) return;
    if (answer.status === 409) return location.reload();
    if (!answer.ok) throw new Error(answer.status);
    saving.textContent = form.dataset.saved;
  } catch {
    if (handedIn) return;
    saving.textContent = form.dataset.unsaved;
    timer = setTimeout(save, 5000);
  }
}

function tick() {
  const left = Math.max(0, Math.round((due - Date.now()) / 1000));
  const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  if (left < 4 * 3600) {
    clock.hidden = false;
    clock.textContent = `${clock.dataset.left}: ${parts.map((part) => String(part).padStart(2, "0")).join(":")}`;
  }
  if (left) return;
  clearInterval(ticking);
  clock.textContent = clock.dataset.over;
  form.requestSubmit(form.querySelector('[value="hand_in"]'));
}

form.addEventListener("submit", () => {
  handedIn = true;
  clearTimeout(timer);
});
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(save, 1500);
});
const ticking = setInterval(tick, 1000);
tick();
