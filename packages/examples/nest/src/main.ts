import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { PaymentsModule } from './payments.module.js'

const port = Number(process.env.PORT ?? 3000)
const app = await NestFactory.create(PaymentsModule, { rawBody: true, logger: ['warn', 'error'] })
app.enableShutdownHooks()
await app.listen(port, '127.0.0.1')
console.log(`The shop runs at http://127.0.0.1:${port}`)
