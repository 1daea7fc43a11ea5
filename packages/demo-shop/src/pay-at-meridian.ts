/** Presses a button of Meridian's checkout. Resolves with the address that the customer is redirected to. */
export const payAtMeridian = async (checkoutUrl: string, action: 'pay' | 'cancel' = 'pay'): Promise<string> => {
  const response = await fetch(`${checkoutUrl}/${action}`, { method: 'POST', redirect: 'manual' })
  return response.headers.get('location') ?? ''
}
