// Shows the visitor's own time beside Baku's, where the two differ. Everything works without it.
for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const own = moment.toLocaleTimeString("en-GB", clock);
  if (own === moment.toLocaleTimeString("en-GB", { ...clock, timeZone: "Asia/Baku" })) continue;
  const note = document.createElement("span");
  note.className = "muted own-time";
  note.textContent = ` ${own} ${time.dataset.local}`;
  time.parentElement.append(note);
}
