// The bundler takes this for `#ink-table`. In its one file there is no `require` of Ink, so nothing to seed.
import inkTable from 'ink-table';

export default inkTable.default;
