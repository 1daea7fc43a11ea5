interface ClearingHouse {
  /** ISO 3166-1 alpha-2; the empty text for the nameless one. */
  readonly country: string
  readonly bankNumber: RegExp
  readonly accountNumber: RegExp
}

const none = /^$/
const iban = (country: string, accountNumber: RegExp): ClearingHouse => ({ country, bankNumber: none, accountNumber })

/** Trustly's clearing houses with the formats of their numbers, as in its generated model: no check digits, and some
 *  formats are looser or stricter than in the IBAN registry. */
export const clearingHouses: ReadonlyMap<string, ClearingHouse> = new Map([
  ['AUSTRIA', iban('AT', /^AT[0-9]{18}$/)],
  ['BELGIUM', iban('BE', /^BE[0-9]{14}$/)],
  ['BULGARIA', iban('BG', /^BG[0-9]{2}[A-Z]{4}[0-9]{4}[0-9]{2}[A-Z0-9]{8}$/)],
  ['CROATIA', iban('HR', /^HR[0-9]{2}[0-9]{7}[0-9]{10}$/)],
  ['CYPRUS', iban('CY', /^CY[0-9]{10}[0-9A-Z]{16}$/)],
  ['CZECH_REPUBLIC', iban('CZ', /^CZ[0-9]{22}$/)],
  ['DENMARK', iban('DK', /^DK[0-9]{16}$/)],
  ['ESTONIA', iban('EE', /^EE[0-9]{18}$/)],
  ['FINLAND', iban('FI', /^FI[0-9]{16}$/)],
  ['FRANCE', iban('FR', /^FR[0-9]{12}[0-9A-Z]{11}[0-9]{2}$/)],
  ['GERMANY', iban('DE', /^DE[0-9]{20}$/)],
  ['GREECE', iban('GR', /^GR[0-9]{25}$/)],
  ['HUNGARY', iban('HU', /^HU[0-9]{26}$/)],
  ['IRELAND', iban('IE', /^IE[0-9]{2}[A-Z]{4}[0-9]{14}$/)],
  ['ITALY', iban('IT', /^IT[0-9]{2}[A-Z][0-9]{10}[0-9A-Z]{12}$/)],
  ['LATVIA', iban('LV', /^LV[0-9]{2}[A-Z]{4}[0-9A-Z]{13}$/)],
  ['LITHUANIA', iban('LT', /^LT[0-9]{18}$/)],
  ['LUXEMBOURG', iban('LU', /^LU[0-9]{18}$/)],
  ['MALTA', iban('MT', /^MT[0-9]{2}[A-Z]{4}[0-9]{5}[0-9A-Z]{18}$/)],
  ['NETHERLANDS', iban('NL', /^NL[0-9]{2}[A-Z]{4}[0-9]{10}$/)],
  ['NORWAY', iban('NO', /^NO[0-9]{13}$/)],
  ['POLAND', iban('PL', /^PL[0-9]{26}$/)],
  ['PORTUGAL', iban('PT', /^PT[0-9]{23}$/)],
  ['ROMANIA', iban('RO', /^RO[0-9]{2}[A-Z]{4}[0-9A-Z]{16}$/)],
  ['SLOVAKIA', iban('SK', /^SK[0-9]{22}$/)],
  ['SLOVENIA', iban('SI', /^SI56[0-9]{15}$/)],
  ['SPAIN', iban('ES', /^ES[0-9]{22}$/)],
  ['SWEDEN', { country: 'SE', bankNumber: /^[0-9]{4,5}$/, accountNumber: /^[0-9]{1,15}$/ }],
  ['UNITED_KINGDOM', { country: 'GB', bankNumber: /^[0-9]{6}$/, accountNumber: /^[0-9]{8}$/ }],
  // Swedish IBANs, "only on request".
  ['IBAN', iban('', /^SE[0-9]{22}$/)],
])

/** The clearing house of a country. */
export const clearingHouseOf = (country: string): string =>
  [...clearingHouses].find(([, house]) => house.country === country)?.[0] ?? 'IBAN'
