// Guided questions for a class, as a list: a question, two sentences, and a link; and the one that is being answered, above its answer.
import { h, keep_focus } from "../dom";
import { kQuestion, lesson_address } from "../lessons";
import type { Lesson } from "../lessons";
import type { State } from "../state";

export const lessons_view = (lessons: Lesson[], link: (lesson: Lesson) => { text: string; href: string }): HTMLElement =>
  h("ol", { class: "lessons" }, ...lessons.map((lesson) => h("li", {}, h("h3", {}, lesson.question), h("p", {}, lesson.says.join(" ")),
    h("p", {}, h("a", { href: link(lesson).href }, link(lesson).text)))));

/** On the page that answers: the question that the address names, with its sentences and the way to the next; nothing where it names none. */
export function lesson_now(lessons: Lesson[], state: State): HTMLElement {
  const node = h("div", { class: "lesson", id: kQuestion });
  let shown = "";
  state.follow(() => {
    const id = state.get("lesson") ?? "", at = lessons.findIndex((x) => x.id === id);
    if (id === shown) return;
    shown = id;
    keep_focus([node], () => node.replaceChildren(...(at < 0 ? [] : [h("p", { class: "kicker" }, `Question ${at + 1} of ${lessons.length} for a class`), h("h3", {}, lessons[at].question),
      h("p", {}, lessons[at].says.join(" ")),
      h("p", {}, h("a", { href: lesson_address(lessons[(at + 1) % lessons.length]) }, at + 1 < lessons.length ? "Next question" : "Back to the first question"), ". ",
        h("a", { href: "#&lesson=" }, "Hide the question"), ".")])));
  });
  return node;
}
