// What the bundler takes for `#ink-table`: in one file there is no `require` of Ink, so nothing to seed.
import inkTable from 'ink-table';

export default inkTable.default;
