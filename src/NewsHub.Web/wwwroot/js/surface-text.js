// Rich text as house Markdown, for the field of Markdown.
import { DOMParser as Reader } from "../lib/prosemirror/prosemirror.js";
import { read, save } from "./surface-markdown.js";
import { clean } from "./surface-paste.js";
import { schema } from "./surface-schema.js";

export const toMarkdown = html => save(Reader.fromSchema(schema).parse(clean(html), { preserveWhitespace: false }), read(""));
