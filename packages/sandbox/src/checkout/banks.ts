import { createHash } from 'node:crypto'

/** The countries of Trustly's clearing houses, each with invented banks for the checkout page. */
export const banksByCountry: ReadonlyMap<string, readonly string[]> = new Map([
  ['AT', ['Alpenquell Bank', 'Donauauen Sparkasse', 'Bank am Ring']],
  ['BE', ['Scheldebank', 'Banque du Beffroi', 'Kempen Spaarbank']],
  ['BG', ['Balkan Rose Bank', 'Vitosha Savings', 'Trakia Bank']],
  ['CY', ['Levantine Bank', 'Troodos Savings', 'Aphros Bank']],
  ['CZ', ['Vltavská banka', 'Moravín spořitelna', 'Banka U Lípy']],
  ['DE', ['Elbtal Bank', 'Sparbank Lindenhof', 'Bank im Speicher']],
  ['DK', ['Øresunds Sparebank', 'Klitbanken', 'Havnebanken']],
  ['EE', ['Merikotka Pank', 'Lahemaa Pank', 'Kadaka Hoiupank']],
  ['ES', ['Banco del Olivar', 'Caja Almendro', 'Banco Ribera']],
  ['FI', ['Saimaanpankki', 'Tunturin Säästöpankki', 'Koivupankki']],
  ['FR', ['Banque des Tilleuls', 'Crédit du Vallon', 'Banque du Phare']],
  ['GB', ['Fenwick & Lowe Bank', 'Harbourside Building Society', 'Moorland Bank']],
  ['GR', ['Ionian Olive Bank', 'Meltemi Savings', 'Trapeza Limani']],
  ['HR', ['Jadranska Uvala banka', 'Slavonska štedionica', 'Banka Kamen']],
  ['HU', ['Tiszavirág Bank', 'Akác Takarék', 'Bakony Bank']],
  ['IE', ['Shannonvale Bank', 'Burren Savings', 'Heather Bank']],
  ['IT', ['Banca del Cipresso', 'Cassa Collina', 'Banca Lanterna']],
  ['LT', ['Nerimi bankas', 'Gintaro taupomasis', 'Ąžuolo bankas']],
  ['LU', ['Banque de la Sûre', 'Ardennen Spuerbank', 'Bank um Plateau']],
  ['LV', ['Gaujas banka', 'Bērzu krājbanka', 'Dzintara banka']],
  ['MT', ['Grand Quay Bank', 'Honeystone Savings', 'Bank tal-Port']],
  ['NL', ['Duinbank', 'Molenwaard Spaarbank', 'Bank aan de Gracht']],
  ['NO', ['Fjordlys Sparebank', 'Viddebanken', 'Nordkyst Bank']],
  ['PL', ['Bank Nadwiślny', 'Bursztyn Bank', 'Kasa Jarzębina']],
  ['PT', ['Banco da Falésia', 'Caixa Sobreiro', 'Banco Maré']],
  ['RO', ['Banca Dealul Mare', 'Carpatina Economii', 'Banca Teiul']],
  ['SE', ['Skärgårdsbanken', 'Björkdala Sparbank', 'Vättern Bank']],
  ['SI', ['Sočna banka', 'Lipova hranilnica', 'Banka Krajina']],
  ['SK', ['Tatranská Lipa banka', 'Dunajská sporivňa', 'Banka Javor']],
])

/** An account of the customer at a bank. The last six digits are all that Trustly shows of its number. */
export interface CustomerAccount {
  /** The name of its text. */
  readonly name: 'everyday' | 'household'
  readonly lastDigits: string
}

const accountNames = ['everyday', 'household'] as const

// The digits were drawn for these names.
const drawnFor = { everyday: 'Everyday account', household: 'Household account' } as const

/** The invented accounts of every customer of a bank. They are always the same, so a returning customer has them too. */
export const accountsAt = (bank: string): readonly CustomerAccount[] =>
  accountNames.map((name) => ({ name, lastDigits: digitsOf(`${bank} ${drawnFor[name]}`) }))

const digitsOf = (text: string): string => {
  const number = createHash('sha256').update(text).digest().readUInt32BE() % 1_000_000
  return String(number).padStart(6, '0')
}
