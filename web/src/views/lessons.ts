// Guided questions for a class, as a list: a question, two sentences, and a link.
import { h } from "../dom";
import type { lessons_of } from "../lessons";

type Lesson = ReturnType<typeof lessons_of>[number];

export const lessons_view = (lessons: Lesson[], link: (lesson: Lesson) => { text: string; href: string }): HTMLElement =>
  h("ol", { class: "lessons" }, ...lessons.map((lesson) => h("li", {}, h("h3", {}, lesson.question), h("p", {}, lesson.says.join(" ")),
    h("p", {}, h("a", { href: link(lesson).href }, link(lesson).text)))));
