"""机构, 岗位, 人员, 首席代表, 大厅 and other sites."""
