import type { DeliveryView } from '../operator/operator-view.ts'

/** The command that sends a callback's bytes once more. */
export const asCurl = ({ url, contentType, body }: DeliveryView): string =>
  `curl -i ${quote(url)} \\\n  -H ${quote(`Content-Type: ${contentType}`)} \\\n  --data-binary ${quote(body)}`

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
