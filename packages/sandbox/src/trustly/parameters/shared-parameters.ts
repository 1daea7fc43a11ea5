import {
  isAmount,
  isCurrency,
  isFlag,
  isIdentifier,
  isNotificationUrl,
  isNumber,
  isSecureUrl,
  optional,
  type Rule,
  required,
} from './parameter-rules.ts'

/** The parameters of one method. `structures` are attributes that are objects. */
export interface MethodRules {
  readonly data: readonly Rule[]
  readonly attributes: readonly Rule[]
  readonly structures?: readonly string[]
}

export const attribute = 'ERROR_INVALID_ORDER_ATTRIBUTE'

export const notificationUrl: readonly Rule[] = [
  required('NotificationURL', 'ERROR_MALFORMED_NOTIFICATIONURL', isNotificationUrl),
  required('NotificationURL', 'ERROR_NOT_SECURE_NOTIFICATIONURL', isSecureUrl),
]
export const messageId = required('MessageID', 'ERROR_MESSAGEID_IS_NULL', isIdentifier, 'ERROR_MALFORMED_MESSAGEID')
export const orderData: readonly Rule[] = [
  ...notificationUrl,
  required('EndUserID', 'ERROR_ENDUSERID_IS_NULL', isIdentifier, 'ERROR_MALFORMED_ENDUSERID'),
  messageId,
]
export const currency = required('Currency', 'ERROR_INVALID_CURRENCY_CODE', isCurrency)
export const amount = required('Amount', 'ERROR_INVALID_AMOUNT', isAmount)
// A malformed id gets 620, an unknown one 624: both seen live.
export const accountId = required('AccountID', 'ERROR_UNKNOWN', isNumber)
/** The vendor's test tool can hold any order's notifications. */
export const hold = optional('HoldNotifications', attribute, isFlag)
