import { compare } from '../../values/sort-and-group.ts'
import type { Store } from '../store.ts'
import { readRecord } from './records.ts'
import type { MemoryState } from './state.ts'

export const createDue = ({ records, randomUUID }: MemoryState): Pick<Store, 'leaseDue' | 'reschedule'> => ({
  async leaseDue({ before, until, limit }) {
    const due = records.all().filter((record) => record.due !== null && record.due <= before)
    const first = due.sort((a, b) => compare(a.due ?? '', b.due ?? '')).slice(0, limit)
    return first.map((record) => {
      const lease = randomUUID()
      Object.assign(record, { due: until, dueLease: lease })
      return { lease, record: readRecord(record) }
    })
  },

  async reschedule(lease, due) {
    const record = records.all().find((one) => one.dueLease === lease)
    if (record) Object.assign(record, { due, dueLease: null })
  },
})
