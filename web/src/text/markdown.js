import {webAddress} from './links.js';

/**
 * The part of Discord's markdown that messages are shown with, read into a tree. What is made of the tree are text nodes and
 * a handful of elements; nothing here makes markup.
 *
 * @typedef {{type: 'text', text: string}
 *   | {type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler' | 'quote', children: Node[]}
 *   | {type: 'code' | 'block', text: string}
 *   | {type: 'link', href: string, text: string}
 *   | {type: 'user' | 'role' | 'channel', id: string}
 *   | {type: 'everyone', text: string}
 *   | {type: 'emoji', name: string}
 *   | {type: 'time', at: number}} Node
 */

/** Nested deeper than this, marks are text: a message is no program. */
const DEEPEST = 6;

/** @type {[RegExp, (match: RegExpExecArray, depth: number) => Node | null][]} */
const RULES = [
  [/^```(?:[a-z0-9+-]*\n)?([^]*?)```\n?/i, ([, text]) => (text ? {type: 'block', text} : null)],
  [/^(`+)([^`]|[^`][^]*?[^`])\1(?!`)/, ([, , text]) => ({type: 'code', text: text.trim() || text})],
  [/^\*\*([^]+?)\*\*(?!\*)/, nested('bold')],
  [/^__([^]+?)__(?!_)/, nested('underline')],
  [/^~~([^]+?)~~/, nested('strike')],
  [/^\|\|([^]+?)\|\|/, nested('spoiler')],
  [/^\*(?![\s*])([^*]+?)\*(?!\*)/, nested('italic')],
  [/^_(?![\s_])([^_]+?)_(?![\w_])/, nested('italic')],
  [/^<@!?(\d{15,20})>/, ([, id]) => ({type: 'user', id})],
  [/^<@&(\d{15,20})>/, ([, id]) => ({type: 'role', id})],
  [/^<#(\d{15,20})>/, ([, id]) => ({type: 'channel', id})],
  [/^<a?:(\w{2,32}):\d{15,20}>/, ([, name]) => ({type: 'emoji', name})],
  [/^<t:(-?\d{1,13})(?::[tTdDfFR])?>/, ([, at]) => time(Number(at) * 1000)],
  [/^@(everyone|here)\b/, ([text]) => ({type: 'everyone', text})],
  [/^<(https?:\/\/[^\s<>]+)>/, ([, text]) => link(text)],
  [/^https?:\/\/[^\s<>]*[^\s<>.,:;"'\])!?*_~|]/, ([text]) => link(text)],
];

/** Where any rule can begin; everything before it is text. */
const START = /[`*_~|<@]|https?:\/\//g;

/**
 * @param {string} text
 * @param {number} [depth]
 * @returns {Node[]}
 */
export function parse(text, depth = 0) {
  /** @type {Node[]} */
  const nodes = [];
  let plain = '';
  const flush = () => {
    if (plain) nodes.push({type: 'text', text: plain});
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    if (depth === 0 && (at === 0 || text[at - 1] === '\n') && /^> ?\S/.test(text.slice(at, at + 3))) {
      const end = endOfQuote(text, at);
      flush();
      nodes.push({type: 'quote', children: parse(text.slice(at, end).replace(/^> ?/gm, '').replace(/\n$/, ''), 1)});
      at = end;
      continue;
    }
    if (text[at] === '\\' && /[\\`*_~|<>@]/.test(text[at + 1] ?? '')) {
      plain += text[at + 1];
      at += 2;
      continue;
    }
    const rest = text.slice(at);
    let found = null;
    if (depth < DEEPEST && beginsMark(rest) && !(rest[0] === '_' && /\w/.test(text[at - 1] ?? ' '))) {
      for (const [pattern, make] of RULES) {
        const match = pattern.exec(rest);
        const node = match && make(match, depth);
        if (match && node) {
          found = node;
          at += match[0].length;
          break;
        }
      }
    }
    if (found) {
      flush();
      nodes.push(found);
      continue;
    }
    const next = nextStart(text, at + 1);
    plain += text.slice(at, next);
    at = next;
  }
  flush();
  return nodes;
}

/** @param {string} rest */
function beginsMark(rest) {
  START.lastIndex = 0;
  return START.exec(rest.slice(0, 8))?.index === 0;
}

/** @param {string} text @param {number} from */
function nextStart(text, from) {
  START.lastIndex = from;
  const mark = START.exec(text)?.index ?? text.length;
  const escape = text.indexOf('\\', from);
  const line = text.indexOf('\n', from);
  return Math.min(mark, escape < 0 ? text.length : escape, line < 0 ? text.length : line + 1);
}

/** @param {string} text @param {number} from */
function endOfQuote(text, from) {
  let at = from;
  while (text[at] === '>') {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}

/**
 * @param {'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'} type
 * @returns {(match: RegExpExecArray, depth: number) => Node}
 */
function nested(type) {
  return ([, inner], depth) => ({type, children: parse(inner, depth + 1)});
}

/** @param {string} text @returns {Node | null} */
function link(text) {
  const href = webAddress(text);
  return href ? {type: 'link', href, text} : null;
}

/** A time that a calendar has. @param {number} at @returns {Node | null} */
function time(at) {
  return Math.abs(at) <= 8.64e15 ? {type: 'time', at} : null;
}
