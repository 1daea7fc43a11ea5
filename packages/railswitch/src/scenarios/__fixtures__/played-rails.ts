import { createPayablModel, type PayablChoices, payablSecret } from './payabl-model.ts'
import type { PlayedRail } from './play-history.ts'
import { merchantPrivateKey, trustlyPublicKey } from './signed-by-trustly.ts'
import { createTrustlyModel } from './trustly-model.ts'

const trustly: PlayedRail = {
  config: {
    use: 'trustly-direct',
    environment: 'local',
    url: 'https://trustly.example/api/1',
    publicKey: trustlyPublicKey,
    username: 'shop',
    password: 'password-of-the-shop',
    privateKey: merchantPrivateKey,
    replayAfterMs: [],
  },
  open: createTrustlyModel,
}

const payabl = (choices: PayablChoices): PlayedRail => ({
  config: {
    use: 'payabl-trustly',
    environment: 'local',
    url: 'https://payabl.example/pay/backoffice',
    merchantId: 'shop',
    secret: payablSecret,
  },
  open: (now) => createPayablModel(now, choices),
})

/** Trustly, or payabl with the details that its documents do not define. */
export type RailChoice = 'trustly' | PayablChoices

export const playedRail = (choice: RailChoice): PlayedRail => (choice === 'trustly' ? trustly : payabl(choice))
