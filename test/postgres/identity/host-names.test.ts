import {expect, test} from 'vitest';
import {hostNames} from '../../../source/postgres/identity/host-names.js';

test.each([
	['a name and its address', {host: 'db1'}, '10.0.0.7', ['db1', '10.0.0.7']],
	['a name with an address beside it', {host: 'db1', hostaddr: '10.0.0.7'}, '10.0.0.7', ['db1', '10.0.0.7']],
	['an address alone', {host: '', hostaddr: '::1'}, '::1', ['::1']],
	['an IPv4 address as an IPv6 socket has it', {host: 'db1'}, '::ffff:10.0.0.7', ['db1', '10.0.0.7']],
	['the directory of a socket', {host: '/tmp'}, undefined, ['/tmp']],
])('%s', (_, place, remoteAddress, names) => {
	expect(hostNames(place, {remoteAddress})).toEqual(names);
});
