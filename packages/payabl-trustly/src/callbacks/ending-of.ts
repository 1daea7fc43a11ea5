/** Why a transaction ended without money, by its code. */
export const endingOf = (errorcode: string): 'abandoned' | 'declined' | 'expired' | 'failed' => {
  switch (errorcode) {
    case '-5003':
      return 'abandoned'
    case '-1315':
      return 'expired'
    case '-5002':
    case '-5004':
      return 'declined'
    default:
      return 'failed'
  }
}
