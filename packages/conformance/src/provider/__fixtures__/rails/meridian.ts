/** The example of a third party. By its path, because its package depends on this one. */
export { meridianUnderTest } from '../../../../../meridian-provider/src/__fixtures__/meridian-under-test.ts'
