/** A refused request: the vendor's status, and a reason for the request log that the vendor does not disclose. */
export interface Refusal {
  readonly status: number
  readonly hint?: string
  /** The parts of the text that was hashed instead of the right one, where that is known. */
  readonly signed?: readonly string[]
}

const texts: ReadonlyMap<number, string> = new Map([
  [0, ''],
  [2000, 'pending'],
  [-1, 'Unknown config dependencies'],
  [-104, 'Illegal command'],
  [-119, 'No permission'],
  [-998, 'Unknown error'],
  [-999, 'Unknown error'],
  [-1311, 'Account name wrong or missing'],
  [-1313, 'Bank number wrong or missing'],
  [-1314, 'Bank country wrong or missing'],
  [-1315, 'Response failed'],
  [-1316, 'Merchant payment method wrong or missing'],
  [-1318, 'Iban number wrong or missing'],
  [-1319, 'Bic number wrong or missing'],
  [-2400, 'Too much retries'],
  [-2402, 'Blocked temporarily after successful payment'],
  [-2404, 'Blocked temporarily after failed payment'],
  [-2405, 'Blocked: previous fraud'],
  [-2406, 'Blocked: previous chargeback'],
  [-2407, 'Blocked due to a currently active transaction'],
  [-5000, 'Internal error'],
  [-5002, 'Payment failed'],
  [-5003, 'Payment aborted by customer'],
  [-5004, 'Payment was canceled due riskmanagement-checks'],
  [-5007, 'Refund aborted'],
  [-5008, 'CFT aborted'],
  [-6000, 'Found wrong or missing fields'],
  [-6005, 'Preauthorization action is disabled'],
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
  [-6114, 'Wrong company'],
  [-6115, 'Wrong birthday'],
  [-6116, 'Wrong house'],
  [-6117, 'Wrong postbox'],
  [-6118, 'Wrong state'],
  [-6119, 'Wrong email'],
  [-6120, 'Wrong phone'],
  [-6121, 'Wrong fax'],
  // The published list is truncated after the fax; the next code in the order of the parameters is the mobile's.
  [-6122, 'Wrong mobile'],
])

/** The published text of a status; nothing for success. "Additional messages can be returned"; the sandbox has none.
 *  @see https://docs.payabl.com/docs/response-codes-detailed */
export const statusText = (status: number): string => texts.get(status) ?? 'Unknown error'
