/** @type {import('next').NextConfig} */
export default {
  // Not bundled: the embedded store loads its database from files beside it, and all routes share one copy.
  serverExternalPackages: ['railswitch', '@railswitch/store-postgres', '@electric-sql/pglite'],
}
