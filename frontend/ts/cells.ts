// Cells that save themselves.
//
// Markup (macro `cell` in parts/ui.html makes it):
//   <span class="cellbox" data-text="V"><textarea class="cell" data-save="URL" data-col="NAME"
//         aria-label="…">V</textarea></span>
// data-save may also stand on an <input>, a <select>, or a <fieldset> of checkboxes (its value is the
// ticked values with commas: "1,2,6"). Cells are served `readonly` (a fieldset `disabled`) and opened here.
//
// Asked: PUT URL, application/x-www-form-urlencoded `value`, `was` (last value known to be saved),
// `_csrf`; headers HX-Request: true and X-CSRF-Token. Answers, all JSON:
//   200 {"value": "…", "saved": "09.41", "parts": {"ID": "<html>"}}
//        value: what is stored now (may be tidied; left alone when the person typed on meanwhile);
//        parts, optional: elements of the page to be replaced because they follow from the value.
//   409 {"current": "…"}   someone else changed it since `was`; the person chooses.
//   422 {"message": "…"}   refused; shown below the cell, the text is kept.
//   401, 403, redirect     signed out or no longer allowed; text kept here and in this browser.
//   anything else          tried again after 2, 4, 8 … 60 s, and at once when the network is back.
//
// What is not acknowledged is kept in localStorage for this person, and offered again when the page is
// opened: saved if the server still has what it was typed over, otherwise shown as a conflict. Leaving the
// page sends what was just typed; only what the server did not take makes the browser ask.
import { isTyping } from "./overlays";
import { button, csrfToken, element, personId, word } from "./page";
import { toast } from "./toast";

type State = "saving" | "saved" | "failed" | "invalid" | "conflict" | "";
/** stuck: the server did not take it; otherwise the answer was never seen and it may be stored. */
type Draft = { value: string; was: string; stuck: boolean };
type Answer = { value?: string; saved?: string; current?: string; message?: string; parts?: Record<string, string> };

const TIMEOUT_MS = 20_000;
const RETRY_MAX_MS = 60_000;
const MARK_MS = 4_000;
const UNDO_MAX = 50;

const cells = new Map<HTMLElement, Cell>();
const undoable: { cell: Cell; before: string; after: string }[] = [];
let lastSaved = "";

class Cell {
  was: string;
  before: string | undefined;
  state: State = "";
  private sending = false;
  private tries = 0;
  private timer = 0;

  constructor(readonly box: HTMLElement) {
    this.was = served(box);
  }

  get value(): string {
    if (this.box instanceof HTMLFieldSetElement) {
      return [...this.box.querySelectorAll<HTMLInputElement>("input:checked")].map((tick) => tick.value).join(",");
    }
    return (this.box as HTMLTextAreaElement).value;
  }

  set value(value: string) {
    if (this.box instanceof HTMLFieldSetElement) {
      const ticked = value.split(",");
      for (const tick of this.box.querySelectorAll("input")) tick.checked = ticked.includes(tick.value);
    } else {
      (this.box as HTMLTextAreaElement).value = value;
    }
    this.mirror();
  }

  get dirty(): boolean {
    return this.value !== this.was;
  }

  get pending(): boolean {
    return this.sending || (this.dirty && this.state !== "");
  }

  /** Where marks are shown: the box around a text, the fieldset itself, or what holds a list of choices. */
  private get frame(): HTMLElement {
    if (this.box instanceof HTMLFieldSetElement) return this.box;
    return this.box.closest<HTMLElement>(".cellbox") ?? this.box.parentElement ?? this.box;
  }

  private get url(): string {
    return this.box.dataset.save ?? "";
  }

  private get draftKey(): string {
    return draftKey(this.url);
  }

  private get markId(): string {
    return `mark:${this.url}`;
  }

  /** Height of the cell, text on paper, and the strip of months follow what is typed. */
  mirror(): void {
    const frame = this.box.closest<HTMLElement>(".cellbox");
    if (frame) frame.dataset.text = this.value;
    const squares = this.box.closest(".month-edit")?.querySelectorAll(".months > i");
    if (squares) showMonths([...squares], this.value.split(","), this.box);
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending) return; // `settle` looks again
    if (!this.dirty) return this.clean();
    const sent = this.value;
    this.sending = true;
    keep(this.draftKey, { value: sent, was: this.was, stuck: false });
    this.show("saving", word("saving"));
    const [status, answer] = await put(this.url, sent, this.was);
    this.sending = false;
    this.settle(status, answer, sent);
  }

  private settle(status: number, answer: Answer, sent: string): void {
    if (status === 200) return this.accept(answer, sent);
    keep(this.draftKey, { value: this.value, was: this.was, stuck: true });
    if (status === 409) return this.ask(answer.current ?? "");
    if (status === 422) return this.show("invalid", answer.message ?? word("refused"));
    if (status === 401 || status === 403) return this.show("failed", word("signedout"), [this.retryButton()]);
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      return this.show("failed", answer.message ?? word("refused"));
    }
    const wait = Math.min(2000 * 2 ** this.tries++, RETRY_MAX_MS);
    this.timer = setTimeout(() => this.save(), wait);
    this.show("failed", word("failed"), [this.retryButton()]);
  }

  private accept(answer: Answer, sent: string): void {
    this.tries = 0;
    remember(this, this.was, answer.value ?? sent);
    const untouched = this.value === sent;
    this.was = answer.value ?? sent;
    if (untouched && this.value !== this.was) this.value = this.was;
    forget(this.draftKey);
    lastSaved = answer.saved ?? lastSaved;
    if (this.dirty) return void this.save();
    this.show("saved", `✓ ${word("saved", lastSaved)}`);
    this.timer = setTimeout(() => this.state === "saved" && this.show("", ""), MARK_MS);
    replaceParts(answer.parts ?? {});
  }

  /** Both values side by side; the person chooses. */
  ask(current: string): void {
    const theirs = element("q", "", current || word("empty"));
    const mine = button("btn small", word("mine"), () => ((this.was = current), this.save()));
    const take = button("btn small", word("theirs"), () => {
      this.was = current;
      this.value = current;
      this.clean();
      this.box.focus();
    });
    this.show("conflict", word("conflict"), [theirs, mine, take]);
  }

  restore(): void {
    this.value = this.was;
    this.clean();
  }

  /** A draft left by an earlier visit. */
  resume(draft: Draft): void {
    const current = this.was;
    if (draft.value === current || (!draft.stuck && draft.was !== current)) return this.clean();
    toast("info", word("restored"));
    this.value = draft.value;
    if (draft.was === current) void this.save();
    else this.ask(current);
  }

  private clean(): void {
    clearTimeout(this.timer);
    forget(this.draftKey);
    this.show("", "");
  }

  private retryButton(): HTMLElement {
    return button("btn small", word("retry"), () => this.save());
  }

  private show(state: State, text: string, more: HTMLElement[] = []): void {
    this.state = state;
    this.frame.dataset.state = state;
    this.frame.querySelector(":scope > .cell-mark")?.remove();
    this.box.setAttribute("aria-invalid", `${state === "invalid"}`);
    this.box.setAttribute("aria-describedby", this.markId);
    if (text) {
      const mark = element("div", "cell-mark", text);
      mark.id = this.markId;
      mark.append(...more);
      this.frame.append(mark);
    }
    showOverall();
  }
}

export function startCells(): void {
  document.addEventListener("input", (event) => cellOf(event.target)?.mirror());
  document.addEventListener("change", (event) => void cellOf(event.target)?.save());
  document.addEventListener("focusin", (event) => cellOf(event.target));
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", forgetOnSignOut, true);
  addEventListener("online", () => pending().forEach((cell) => void cell.save()));
  addEventListener("beforeunload", (event) => {
    const here = [...cells.values()].filter((cell) => cell.dirty && cell.box.isConnected);
    for (const cell of here) if (cell.state === "") void cell.save(); // `keepalive` brings it home
    if (here.some((cell) => cell.state !== "saving")) event.preventDefault();
  });
  document.addEventListener("htmx:load", (event) => open(event.target as Element));
  for (const box of open(document)) resumeDraft(box);
}

/** Cells are served closed, so that nothing is typed while there is no script that would save it. */
function open(part: ParentNode): HTMLElement[] {
  const boxes = [...part.querySelectorAll<HTMLElement>("[data-save]")];
  for (const box of boxes) {
    box.removeAttribute("readonly");
    box.removeAttribute("disabled");
  }
  return boxes;
}

function cellOf(target: EventTarget | null): Cell | undefined {
  if (!(target instanceof Element)) return undefined;
  const box =
    target.closest<HTMLElement>("[data-save]") ??
    target.closest(".month-edit > summary")?.parentElement?.querySelector<HTMLElement>("[data-save]");
  return box ? known(box) : undefined;
}

/** Cells are met when first touched, so those that htmx brings in later need no registration. */
function known(box: HTMLElement): Cell {
  let cell = cells.get(box);
  if (!cell) cells.set(box, (cell = new Cell(box)));
  return cell;
}

/** What the server sent, whatever the browser put back into the field after a reload. */
function served(box: HTMLElement): string {
  if (box instanceof HTMLFieldSetElement) {
    return [...box.querySelectorAll<HTMLInputElement>("input[checked]")].map((tick) => tick.value).join(",");
  }
  if (box instanceof HTMLSelectElement) {
    return [...box.options].find((option) => option.defaultSelected)?.value ?? box.options[0]?.value ?? "";
  }
  return (box as HTMLTextAreaElement).defaultValue;
}

function pending(): Cell[] {
  return [...cells.values()].filter((cell) => cell.pending && cell.box.isConnected);
}

async function put(url: string, value: string, was: string): Promise<[number, Answer]> {
  const token = csrfToken();
  try {
    const response = await fetch(url, {
      method: "PUT",
      keepalive: true,
      body: new URLSearchParams({ value, was, _csrf: token }),
      headers: { "HX-Request": "true", "X-CSRF-Token": token, Accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.redirected) return [401, {}];
    return [response.status, await response.json().catch(() => ({}))];
  } catch {
    return [0, {}];
  }
}

/** The strip of twelve squares says in words what it shows. */
function showMonths(squares: Element[], ticked: string[], box: HTMLElement): void {
  const labels = [...box.querySelectorAll("label")];
  const on = squares.map((square, at) => square.classList.toggle("on", ticked.includes(`${at + 1}`)));
  const names = labels.filter((_, at) => on[at]).map((label) => label.textContent);
  squares[0].parentElement?.setAttribute("aria-label", names.join(", ") || word("empty"));
}

/** Puts parts that follow from a save into the page. */
export function replaceParts(parts: Record<string, string>): void {
  for (const [id, html] of Object.entries(parts)) {
    const old = document.getElementById(id);
    if (!old || old.contains(document.activeElement)) continue;
    const around = old.parentElement;
    old.outerHTML = html;
    if (around) open(around);
  }
}

/** The one mark in the top bar: how all cells together stand. */
function showOverall(): void {
  const mark = document.getElementById("saving");
  if (!mark) return;
  const waiting = pending();
  const stuck = waiting.filter((cell) => cell.state !== "saving").length;
  const [state, text] = stuck
    ? ["failed", `! ${word("waiting", stuck)}`]
    : waiting.length
      ? ["saving", word("saving")]
      : lastSaved
        ? ["saved", `✓ ${word("saved", lastSaved)}`]
        : ["", ""];
  if (!text && !cells.size) return; // nothing of ours on this page
  if (mark.textContent !== text) mark.textContent = text;
  mark.dataset.state = state;
}

// ---- keys

function onKey(event: KeyboardEvent): void {
  if (event.isComposing) return;
  const command = event.ctrlKey || event.metaKey;
  const cell = cellOf(event.target);
  if (command && !event.shiftKey && event.key.toLowerCase() === "z") {
    if (undo(cell, event.target)) event.preventDefault();
  } else if (cell) {
    const act = keyAct(cell, event, command);
    if (act) (event.preventDefault(), act());
  }
}

function keyAct(cell: Cell, event: KeyboardEvent, command: boolean): (() => void) | undefined {
  switch (event.key) {
    case "Escape":
      return cell.dirty && !(cell.box instanceof HTMLFieldSetElement) ? () => cell.restore() : undefined;
    case "Enter":
      return enterAct(cell, event, command);
    case "ArrowUp":
      return command ? () => move(cell.box, -1, sameColumn) : undefined;
    case "ArrowDown":
      return command ? () => move(cell.box, 1, sameColumn) : undefined;
    case "ArrowLeft":
      return command && caretAt(cell.box, "start") ? () => move(cell.box, -1, anyCell) : undefined;
    case "ArrowRight":
      return command && caretAt(cell.box, "end") ? () => move(cell.box, 1, anyCell) : undefined;
    default:
      return undefined;
  }
}

/** On a touch screen there is no Shift to hold: there Enter is a new line. */
function enterAct(cell: Cell, event: KeyboardEvent, command: boolean): (() => void) | undefined {
  if (event.shiftKey || !(event.target as Element).matches("textarea, input:not([type=checkbox])")) return undefined;
  if (command) return () => void cell.save();
  if (matchMedia("(pointer: coarse)").matches) return undefined;
  return () => (void cell.save(), move(cell.box, 1, sameColumn));
}

const anyCell = (): boolean => true;
const sameColumn = (from: HTMLElement, to: HTMLElement): boolean => from.dataset.col === to.dataset.col;

function move(from: HTMLElement, step: 1 | -1, fits: (from: HTMLElement, to: HTMLElement) => boolean): void {
  const scope = from.closest("[data-grid], main") ?? document;
  const all = [...scope.querySelectorAll<HTMLElement>("[data-save]")];
  for (let at = all.indexOf(from) + step; at >= 0 && at < all.length; at += step) {
    if (!fits(from, all[at])) continue;
    const summary = all[at].closest("details")?.querySelector("summary");
    return (summary ?? all[at]).focus();
  }
}

/** Ctrl ← and → walk over words inside a text, and over cells at its ends. */
function caretAt(box: HTMLElement, end: "start" | "end"): boolean {
  if (!(box instanceof HTMLTextAreaElement)) return true;
  const place = end === "start" ? 0 : box.value.length;
  return box.selectionStart === place && box.selectionEnd === place;
}

// ---- undo

function remember(cell: Cell, before: string, after: string): void {
  if (before === after) return;
  undoable.push({ cell, before, after });
  if (undoable.length > UNDO_MAX) undoable.shift();
}

/** While typing, the browser's own undo; otherwise the last save, of this cell or of the page. */
function undo(cell: Cell | undefined, target: EventTarget | null): boolean {
  if (cell?.dirty || (!cell && isTyping(target))) return false;
  const at = undoable.findLastIndex((step) => step.cell.box.isConnected && (!cell || step.cell === cell));
  if (at < 0) return false;
  const [step] = undoable.splice(at, 1);
  if (step.cell.dirty || step.cell.was !== step.after) return false;
  change(step.cell, step.before);
  toast("info", word("undone"), word("redo"), () => change(step.cell, step.after));
  return true;
}

function change(cell: Cell, value: string): void {
  cell.value = value;
  void cell.save();
}

// ---- drafts

export function draftKey(url: string): string {
  return `bening:${personId()}:${url}`;
}

/** A browser may refuse to keep anything; then the text is in the cell only. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const keep = (key: string, draft: Draft) => attempt(() => localStorage.setItem(key, JSON.stringify(draft)));
const forget = (key: string) => attempt(() => localStorage.removeItem(key));
const kept = (key: string) => attempt(() => JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null);

function resumeDraft(box: HTMLElement): void {
  const draft = kept(draftKey(box.dataset.save ?? ""));
  if (draft) known(box).resume(draft);
}

/** On a shared computer nothing of mine stays behind when I sign out. */
function forgetOnSignOut(event: Event): void {
  if (!(event.target as Element).matches("[data-signout]")) return;
  const mine = (attempt(() => Object.keys(localStorage)) ?? []).filter((key) => key.startsWith(draftKey("")));
  mine.forEach(forget);
}
