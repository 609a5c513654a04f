/**
 * An article with its mentions marked. Every word of it is set with textContent.
 *
 * data: {pieces: [{text, visits: [id], label}], current: id}
 * trigger "chosen": the ids behind the mention that was pressed.
 */
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".visitmap-article");
  host.replaceChildren(...data.pieces.map((piece) => draw(piece, data.current, setTriggerValue)));
  const current = host.querySelector("[aria-current]");
  if (current && host.dataset.current !== data.current) current.scrollIntoView({ block: "nearest" });
  host.dataset.current = data.current ?? "";
}

function draw(piece, current, setTriggerValue) {
  if (!piece.visits.length) return document.createTextNode(piece.text);
  const mark = document.createElement("mark");
  mark.textContent = piece.text;
  mark.tabIndex = 0;
  mark.setAttribute("role", "button");
  mark.setAttribute("aria-label", `${piece.label}: ${piece.text}`);
  mark.title = piece.label;
  if (piece.visits.includes(current)) mark.setAttribute("aria-current", "true");
  const choose = () => setTriggerValue("chosen", piece.visits);
  mark.onclick = choose;
  mark.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  };
  return mark;
}
