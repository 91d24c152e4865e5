c = get_config()  # noqa: F821: nbgrader's

c.CourseDirectory.course_id = "ex03"
load_subconfig("ex03_nbgrader.py")  # noqa: F821: nbgrader's
