import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { PaymentsModule } from './payments.module.js'

const port = Number(process.env.PORT ?? 3000)
const app = await NestFactory.create(PaymentsModule, { rawBody: true, logger: ['warn', 'error'] })
app.enableShutdownHooks()
await app.listen(port, '127.0.0.1').catch((error: Error) => {
  console.error(`The shop cannot use port ${port} (${error.message}): stop what uses it, or set PORT to another one.`)
  process.exit(1)
})
console.log(`The shop runs at http://127.0.0.1:${port}`)
