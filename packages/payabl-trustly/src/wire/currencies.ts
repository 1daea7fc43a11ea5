/** Currencies of customers, as the page names them: HRK ended in 2023 and BGN in 2026, and whether payabl still takes
 *  them is for payabl to say. @see https://docs.payabl.com/docs/trustly (read 2026-11-21) */
export const currencies: ReadonlySet<string> = new Set('BGN CZK DKK EUR GBP HRK HUF NOK PLN RON SEK'.split(' '))
