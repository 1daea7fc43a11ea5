/** Trustly's error codes by name, as far as the sandbox uses them.
 *  @see https://eu.developers.trustly.com/doc/reference/error-messages */
export const errorCodes = {
  // Seen live by name; the number is not published: 601 is the sandbox's own.
  ERROR_INVALID_FUNCTION: 601,
  ERROR_FUNCTION_ACCESS_DENIED: 602,
  ERROR_INSUFFICIENT_FUNDS: 603,
  // Also seen by name only: 604 is the sandbox's own.
  ERROR_NOT_FOUND: 604,
  // Published without a number: 605 is the sandbox's own.
  ERROR_MERCHANT_REFERENCE_ALREADY_EXISTS: 605,
  ERROR_HOST_ACCESS_DENIED: 607,
  ERROR_INVALID_AMOUNT: 615,
  ERROR_INVALID_CREDENTIALS: 616,
  ERROR_UNKNOWN: 620,
  ERROR_NO_SUITABLE_BANK_ACCOUNT_FOUND: 621,
  ERROR_INVALID_CURRENCY_CODE: 622,
  ERROR_INVALID_PARAMETERS: 623,
  ERROR_INVALID_BANK_ACCOUNT_NUMBER: 624,
  ERROR_UNABLE_TO_VERIFY_RSA_SIGNATURE: 636,
  ERROR_DUPLICATE_MESSAGE_ID: 637,
  ERROR_ENDUSER_IS_BLOCKED: 638,
  ERROR_NO_PUBLIC_KEY: 639,
  ERROR_INVALID_EMAIL: 642,
  ERROR_INVALID_LOCALE: 645,
  ERROR_INVALID_ORDER_ID: 655,
  ERROR_DUPLICATE_UUID: 688,
  ERROR_ENDUSERID_IS_NULL: 696,
  ERROR_MESSAGEID_IS_NULL: 697,
  ERROR_INVALID_IP: 698,
  ERROR_MALFORMED_SUCCESSURL: 700,
  ERROR_MALFORMED_FAILURL: 701,
  ERROR_MALFORMED_TEMPLATEURL: 702,
  ERROR_MALFORMED_URLTARGET: 703,
  ERROR_MALFORMED_MESSAGEID: 704,
  ERROR_MALFORMED_NOTIFICATIONURL: 705,
  ERROR_MALFORMED_ENDUSERID: 706,
  ERROR_DIRECT_DEBIT_NOT_ALLOWED: 712,
  ERROR_INVALID_ORDER_ATTRIBUTE: 717,
  ERROR_DISABLED_USER: 718,
  ERROR_PAY_AND_PLAY_NOT_ALLOWED: 732,
  ERROR_NOT_SECURE_NOTIFICATIONURL: 734,
  ERROR_INVALID_COUNTRY: 737,
} as const

export type ErrorName = keyof typeof errorCodes

/** A refused call: the vendor's error, and a reason for the request log that the vendor does not disclose. */
export interface Refusal {
  readonly error: ErrorName
  readonly hint?: string
  /** The parts of the text that was signed instead of the right one, where that is known. */
  readonly signed?: readonly string[]
}
