/** What the vendor answers when it does not do as asked, with the reason that it would not tell. */
export type Refusal = { readonly status: number; readonly hint?: string }

const texts: ReadonlyMap<number, string> = new Map([
  [0, ''],
  [2000, 'pending'],
  [-104, 'Illegal command'],
  [-119, 'No permission'],
  [-999, 'Unknown error'],
  [-1311, 'Account name wrong or missing'],
  [-1313, 'Bank number wrong or missing'],
  [-1314, 'Bank country wrong or missing'],
  [-1315, 'Response failed'],
  [-1316, 'Merchant payment method wrong or missing'],
  [-1318, 'Iban number wrong or missing'],
  [-5002, 'Payment failed'],
  [-5003, 'Payment aborted by customer'],
  [-5007, 'Refund aborted'],
  [-5008, 'CFT aborted'],
  [-6000, 'Found wrong or missing fields'],
  [-6102, 'Wrong price'],
  [-6103, 'Wrong currency'],
  [-6105, 'Wrong lastname'],
  [-6106, 'Wrong street'],
  [-6107, 'Wrong zip'],
  [-6108, 'Wrong city'],
  [-6109, 'Wrong language'],
  [-6110, 'Wrong salutation'],
  [-6111, 'Wrong title'],
  [-6112, 'Wrong gender'],
  [-6113, 'Wrong firstname'],
  [-6115, 'Wrong birthday'],
  [-6116, 'Wrong house'],
  [-6117, 'Wrong postbox'],
  [-6118, 'Wrong state'],
  [-6119, 'Wrong email'],
  [-6120, 'Wrong phone'],
])

/** The published text of a status; nothing for success.
 *  @see https://docs.payabl.com/docs/response-codes-detailed */
export const statusText = (status: number): string => texts.get(status) ?? 'Unknown error'
