import { compare } from '@railswitch/core/provider'
import type { JsonValue } from '../wire/json-text.ts'
import { type CommonMistake, jsonEscape, mistake } from './common-mistake.ts'

const isEmpty = (value: JsonValue): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

const caseless = (one: string, other: string): number => compare(one.toLowerCase(), other.toLowerCase())
const sortBytes = 'sort by bytes: in JavaScript `names.sort()`, not a comparison by locale'
const asReceived = 'build the text from the JSON as received, before it is parsed into typed objects'

const order: readonly CommonMistake[] = [
  mistake('locale_sort', 'member names are sorted by locale (localeCompare)', sortBytes, {
    sorted: (names) => names.sort((one, other) => one.localeCompare(other, 'en')),
  }),
  mistake('caseless_sort', 'member names are sorted without regard to case', sortBytes, {
    sorted: (names) => names.sort(caseless),
  }),
  mistake('no_sort', 'member names are not sorted', sortBytes, { sorted: (names) => names }),
]

const inAttributes = (path: readonly string[]): boolean => path.length > 1 && path[0]?.toLowerCase() === 'attributes'
const keepNull = 'keep the name of a member that is null or empty, or leave the member out of the message as well'

const absence: readonly CommonMistake[] = [
  mistake('nulls_dropped', 'members that are null are left out of the text', keepNull, {
    kept: (value) => value !== null,
  }),
  mistake('attribute_nulls_dropped', 'attributes that are null are left out of the text', keepNull, {
    kept: (value, path) => value !== null || !inAttributes(path),
  }),
  mistake('empty_dropped', 'members that are null or empty are left out of the text', keepNull, {
    kept: (value) => !isEmpty(value),
  }),
  mistake('null_as_word', 'null is written as a word', 'write nothing for null, only its name', { nothing: 'null' }),
  mistake('null_as_none', 'null is written as a word', 'write nothing for null, only its name', { nothing: 'None' }),
]

const decimals = (digits: number) => (lexeme: string) => Number(lexeme).toFixed(digits)
const printedAgain = (lexeme: string): string => String(Number(lexeme))
const decimal = /^-?\d{1,15}(\.\d+)?$/
const ifDecimal = (print: (lexeme: string) => string) => (text: string) => (decimal.test(text) ? print(text) : text)

const values: readonly CommonMistake[] = [
  mistake('numbers_parsed', 'numbers are read and printed again (5.00 becomes 5)', asReceived, {
    number: printedAgain,
  }),
  ...[1, 2, 20].map((digits) =>
    mistake(
      'numbers_lost',
      `numbers had ${digits} decimal${digits === 1 ? '' : 's'} when it was signed: the message has been parsed and written again since`,
      asReceived,
      { number: decimals(digits) },
    ),
  ),
  mistake('amounts_parsed', 'amounts in quotes are read as numbers and printed again (9.50 becomes 9.5)', asReceived, {
    string: ifDecimal(printedAgain),
    number: printedAgain,
  }),
  mistake('amounts_with_decimals', 'amounts have two decimals in the text, but not in the message', asReceived, {
    string: ifDecimal(decimals(2)),
    number: decimals(2),
  }),
  mistake('booleans_capital', 'booleans are written True and False', 'send "1" and "0" instead of booleans', {
    boolean: (value) => (value ? 'True' : 'False'),
  }),
  mistake('booleans_digits', 'booleans are written 1 and 0', 'send "1" and "0" instead of booleans', {
    boolean: (value) => (value ? '1' : '0'),
  }),
  mistake('booleans_php', 'booleans are written 1 and nothing', 'send "1" and "0" instead of booleans', {
    boolean: (value) => (value ? '1' : ''),
  }),
  mistake('values_trimmed', 'white space around values is missing in the text', 'sign the values as they are sent', {
    string: (text) => text.trim(),
  }),
  mistake(
    'escapes_signed',
    'characters are signed as JSON escapes them (\\u00e5)',
    'sign the characters, not their escapes',
    {
      string: (text) =>
        JSON.stringify(text)
          .slice(1, -1)
          .replace(/[^ -~]/g, jsonEscape),
    },
  ),
  mistake(
    'quotes_signed',
    'characters are signed as JSON escapes them (\\" and \\/)',
    'sign the characters, not their escapes',
    {
      string: (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
    },
  ),
  mistake('decomposed', 'accents are characters of their own in the text (Unicode NFD)', 'sign the text that is sent', {
    string: (text) => text.normalize('NFD'),
  }),
  mistake('composed', 'accents and letters are one character in the text (Unicode NFC)', 'sign the text that is sent', {
    string: (text) => text.normalize('NFC'),
  }),
]

const lists: readonly CommonMistake[] = [
  mistake('lists_sorted', 'the items of lists are sorted', 'keep the order of lists', {
    listed: (items) => items.sort(),
  }),
  mistake(
    'lists_by_index_text',
    'the items of lists are sorted by the text of their index (0, 1, 10, 2)',
    'keep the order of lists',
    {
      listed: (items) =>
        Object.keys(items)
          .sort()
          .map((index) => items[Number(index)] ?? ''),
    },
  ),
  mistake('lists_numbered', 'the items of lists have their index before them', 'write items without an index', {
    listed: (items) => items.map((item, index) => index + item),
  }),
]

const onlyTogether = 'concatenate names and values, without anything between them'

const members: readonly CommonMistake[] = [
  mistake('names_missing', 'the text has values without their names', 'write each name before its value', {
    member: (_, value) => value,
  }),
  mistake('names_lower', 'names are in lower case in the text', 'write names as the message has them', {
    member: (name, value) => name.toLowerCase() + value,
  }),
  mistake('pairs_form', 'names and values are joined by = and &', onlyTogether, {
    member: (name, value) => `${name}=${value}&`,
  }),
]

/** Mistakes in turning the data into text, the most common first. */
export const dataMistakes: readonly CommonMistake[] = [...order, ...absence, ...values, ...lists, ...members]
